"""Access reviews and their lines; the numbers they go by, as dated rows."""

from datetime import date

from django.db import migrations, models
from django.db.models import PROTECT, F, Q, Value
from django.db.models.functions import Coalesce

import gapura.kernel.ids

_YEARLY = "Product policy: every access is looked through once a year (ISO/IEC 27001 A.5.18)"
_TIMES = "Product policy: a month to answer, two weeks for the level above, reminders before"
_STRICTER = "Product policy: an agency decides itself to be stricter with what nobody confirms"
_ITSELF = "Product policy: a yearly review that nobody opens begins by itself"
# key, value, basis
NUMBERS = (
    ("review_every_days", 365, _YEARLY),
    ("review_days", 30, _TIMES),
    ("review_grace_days", 14, _TIMES),
    ("review_reminder_days", [14, 7, 2], _TIMES),
    ("review_overdue", "keep", _STRICTER),
    ("review_opens_days", 30, _ITSELF),
)
_UNANSWERED = ("open", "kept", "suspended")
_ANY = ("open", "confirmed", "removed", "gone", "kept", "suspended", "lapsed")
_WHY = ["left", "moved", "not_needed", "not_appointed", "other"]


def load(apps, schema_editor):
    rule = apps.get_model("access", "AccessRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in NUMBERS
    )


def _id():
    return models.UUIDField(
        default=gapura.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
    )


def _to(model, name="+", **options):
    return models.ForeignKey(on_delete=PROTECT, related_name=name, to=model, **options)


class Migration(migrations.Migration):
    dependencies = [("access", "0014_company_people")]
    operations = [
        migrations.CreateModel(
            "Review",
            [
                ("id", _id()),
                ("agency", _to("organizations.agency", null=True)),
                ("state", models.CharField(default="open", max_length=12)),
                ("reason", models.CharField(max_length=300)),
                ("basis", models.CharField(max_length=300)),
                ("overdue", models.CharField(max_length=10)),
                ("due_on", models.DateField()),
                ("settles_on", models.DateField()),
                ("total", models.PositiveIntegerField(default=0)),
                ("opened_by", _to("accounts.person", null=True)),
                ("opened_at", models.DateTimeField()),
                ("reminded", models.PositiveSmallIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            "ReviewLine",
            [
                ("id", _id()),
                ("review", _to("access.review", "lines")),
                ("grant", _to("access.grant", "review_lines")),
                ("person", _to("accounts.person")),
                ("role", models.CharField(max_length=30)),
                ("agency", _to("organizations.agency", null=True)),
                ("unit", _to("organizations.unit", null=True)),
                ("desk", _to("organizations.unit", null=True)),
                ("level", models.CharField(max_length=10)),
                ("state", models.CharField(default="open", max_length=12)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("decided_by", _to("accounts.person", null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason_code", models.CharField(blank=True, default="", max_length=20)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
            ],
        ),
        migrations.CreateModel(
            "ReviewCall",
            [
                ("id", _id()),
                ("agency", _to("organizations.agency")),
                ("due_on", models.DateField()),
                ("told_at", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            "reviewcall",
            models.UniqueConstraint(fields=["agency", "due_on"], name="one_review_call"),
        ),
        migrations.AddIndex(
            "review", models.Index(fields=["agency", "-opened_at"], name="review_of_agency")
        ),
        migrations.AddConstraint(
            "review",
            models.UniqueConstraint(
                Coalesce("agency", Value("")), name="one_open_review", condition=Q(state="open")
            ),
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=Q(state__in=("open", "closed", "cancelled")), name="review_state"
            ),
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=Q(overdue__in=["keep", "suspend", "revoke"]), name="review_overdue"
            ),
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=Q(settles_on__gte=F("due_on")), name="review_settles_after_due"
            ),
        ),
        migrations.AddIndex(
            "reviewline",
            models.Index(
                fields=["review", "level", "desk"],
                name="review_line_waiting",
                condition=Q(state__in=_UNANSWERED),
            ),
        ),
        migrations.AddIndex(
            "reviewline", models.Index(fields=["grant", "-decided_at"], name="review_line_of_grant")
        ),
        migrations.AddConstraint(
            "reviewline",
            models.UniqueConstraint(fields=["review", "grant"], name="one_line_of_a_grant"),
        ),
        migrations.AddConstraint(
            "reviewline",
            models.CheckConstraint(condition=Q(state__in=_ANY), name="review_line_state"),
        ),
        migrations.AddConstraint(
            "reviewline",
            models.CheckConstraint(
                condition=Q(level="unit", desk__isnull=False) | Q(level__in=["agency", "platform"]),
                name="review_line_level",
            ),
        ),
        migrations.AddConstraint(
            "reviewline",
            models.CheckConstraint(
                condition=Q(state="removed", reason_code__in=_WHY)
                | ~Q(state="removed") & Q(reason_code=""),
                name="removed_line_says_why",
            ),
        ),
        migrations.AddConstraint(
            "reviewline",
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="line_is_decided_by_another",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
