"""What staff may do at a company, and how its administration passes to a new head."""

from datetime import date

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import gapura.kernel.ids

ALL = ["product", "order", "finance", "signing"]
OPEN = ("cooling", "objected", "allowed")
STATES = (*OPEN, "taken_over", "withdrawn", "refused", "lapsed")

# key, value, basis
NUMBERS = (
    (
        "succession_hours",
        72,
        "Product policy: three days in which all people of a company can object to a new head",
    ),
    (
        "succession_days",
        14,
        "Product policy: a new head who does not take over by then begins anew, with a new answer",
    ),
    (
        "company_admins",
        2,
        "Product policy: so many administrators are advised, so that one can be away or leave",
    ),
)


def load(apps, schema_editor):
    rule = apps.get_model("access", "AccessRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in NUMBERS
    )


def keep(apps, schema_editor):
    """Until today staff could do all of it: nobody loses anything by this migration."""
    for model in ("Grant", "Invitation"):
        rows = apps.get_model("access", model).objects.filter(role="staf_perusahaan")
        rows.update(duties=ALL)


def _duties() -> django.contrib.postgres.fields.ArrayField:
    inner = models.CharField(max_length=12)
    return django.contrib.postgres.fields.ArrayField(inner, default=list, db_default=[])


def _of_staff(name: str) -> models.CheckConstraint:
    condition = Q(duties=[]) | Q(role="staf_perusahaan", duties__contained_by=ALL)
    return models.CheckConstraint(condition=condition, name=name)


def _person() -> models.ForeignKey:
    kept = django.db.models.deletion.PROTECT
    return models.ForeignKey("accounts.Person", kept, null=True, related_name="+")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0013_counted_queues"),
        ("accounts", "0003_identity_cases"),
        ("documents", "0001_initial"),
        ("organizations", "0006_letters_to_check"),
    ]
    operations = [
        migrations.AddField("grant", "duties", _duties()),
        migrations.AddField("invitation", "duties", _duties()),
        migrations.AddConstraint("grant", _of_staff("grant_duties_are_of_company_staff")),
        migrations.AddConstraint("invitation", _of_staff("invitation_duties_are_of_staff")),
        migrations.CreateModel(
            "Succession",
            [
                (
                    "id",
                    models.UUIDField(
                        primary_key=True,
                        default=gapura.kernel.ids.uuid7,
                        editable=False,
                        serialize=False,
                    ),
                ),
                ("state", models.CharField(default="cooling", max_length=12)),
                ("deed_number", models.CharField(max_length=60)),
                ("deed_date", models.DateField()),
                ("former", models.CharField(default="stay", max_length=8)),
                ("reference", models.CharField(max_length=100)),
                ("result_hash", models.CharField(max_length=64)),
                ("started_at", models.DateTimeField()),
                ("cools_until", models.DateTimeField()),
                ("lapses_at", models.DateTimeField()),
                ("ready_told_at", models.DateTimeField(null=True)),
                ("objected_at", models.DateTimeField(null=True)),
                ("objection", models.CharField(blank=True, default="", max_length=500)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        "organizations.Company",
                        django.db.models.deletion.PROTECT,
                        related_name="+",
                    ),
                ),
                ("decided_by", _person()),
                ("objected_by", _person()),
                (
                    "document",
                    models.ForeignKey(
                        "documents.Document", django.db.models.deletion.PROTECT, related_name="+"
                    ),
                ),
                (
                    "grant",
                    models.OneToOneField(
                        "access.Grant",
                        django.db.models.deletion.PROTECT,
                        null=True,
                        related_name="succession",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        "accounts.Person", django.db.models.deletion.PROTECT, related_name="+"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "started_at"], name="succession_queue"),
                    models.Index(fields=["company", "-started_at"], name="succession_company"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(state__in=STATES), name="succession_state"),
                    models.CheckConstraint(
                        condition=Q(former__in=["stay", "leave"]), name="succession_former"
                    ),
                    models.UniqueConstraint(
                        condition=Q(state__in=OPEN),
                        fields=["company"],
                        name="one_open_succession",
                    ),
                    models.CheckConstraint(
                        condition=(
                            (Q(objected_by__isnull=True) | ~Q(objected_by=F("successor")))
                            & (Q(decided_by__isnull=True) | ~Q(decided_by=F("successor")))
                            & (
                                Q(decided_by__isnull=True)
                                | Q(objected_by__isnull=True)
                                | ~Q(decided_by=F("objected_by"))
                            )
                        ),
                        name="succession_is_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=Q(state="taken_over", grant__isnull=False)
                        | ~Q(state="taken_over") & Q(grant__isnull=True),
                        name="taken_over_gave_a_grant",
                    ),
                ],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
