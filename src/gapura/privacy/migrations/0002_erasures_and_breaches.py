"""Erasures and the register of breaches, with their hours and years."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.ids

_ARCHIVES = "UU 8/1997 Pasal 11: papers of accounts are kept for ten years; UU 43/2009 on archives"
FIRST = (
    ("erasure.undo_hours", 72, "Own rule (UU 27/2022 Pasal 9): time to take back what is for good"),
    (
        "certificate.link_days",
        30,
        "Own rule (UU 27/2022 Pasal 35): a link works no longer than needed",
    ),
    ("papers.years", 10, _ARCHIVES),
    (
        "backup.days",
        35,
        "Own rule (UU 27/2022 Pasal 44): copies are overwritten; the operator's duty",
    ),
    ("breach.hours", 72, "UU 27/2022 Pasal 46(1): written notice within 3x24 hours"),
    ("breach.warn_hours", 48, "Own rule: a day before the hours of the law are over"),
)


def load(apps, schema_editor):
    """The first dated rules."""
    rule = apps.get_model("privacy", "PrivacyRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in FIRST
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_contacts_and_duplicates"),
        ("documents", "0001_initial"),
        ("privacy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gapura.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("state", models.CharField(default="open", max_length=10)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("found_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("warn_at", models.DateTimeField()),
                ("warned_at", models.DateTimeField(null=True)),
                ("classes", models.JSONField(default=list)),
                ("what", models.CharField(max_length=2000)),
                ("what_en", models.CharField(max_length=2000)),
                ("how", models.CharField(max_length=2000)),
                ("how_en", models.CharField(max_length=2000)),
                ("measures", models.CharField(max_length=2000)),
                ("measures_en", models.CharField(max_length=2000)),
                ("entered_at", models.DateTimeField()),
                ("telling_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("reported_at", models.DateTimeField(null=True)),
                ("report_number", models.CharField(blank=True, default="", max_length=100)),
                ("closed_at", models.DateTimeField(null=True)),
                ("close_reason", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "db_table": "privacy_breach",
            },
        ),
        migrations.CreateModel(
            name="BreachPerson",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gapura.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("found_by", models.CharField(max_length=12)),
                ("told_at", models.DateTimeField(null=True)),
                ("reached", models.BooleanField(default=False)),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="privacy.breach",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "db_table": "privacy_breach_person",
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gapura.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("state", models.CharField(default="cooling", max_length=12)),
                ("language", models.CharField(max_length=2)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("link_hash", models.CharField(max_length=64, unique=True)),
                ("link_ends_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("obstacles", models.JSONField(default=list)),
                ("lines", models.JSONField(default=list)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("name_until", models.DateField(null=True)),
                ("name_gone_at", models.DateTimeField(null=True)),
                ("tidied_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "db_table": "privacy_erasure",
            },
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["state", "due_at"], name="breaches_due"),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "closed"))), name="breach_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("began_at__lte", models.F("found_at"))),
                name="breach_began_before_it_was_found",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("found_at"))),
                name="breach_is_due_after_it_was_found",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    ("closed_at__isnull", False),
                    _connector="OR",
                ),
                name="breach_closed_when",
            ),
        ),
        migrations.AddIndex(
            model_name="breachperson",
            index=models.Index(
                condition=models.Q(("told_at__isnull", True)),
                fields=["breach", "id"],
                name="people_to_tell",
            ),
        ),
        migrations.AddIndex(
            model_name="breachperson",
            index=models.Index(fields=["person"], name="breaches_of_person"),
        ),
        migrations.AddConstraint(
            model_name="breachperson",
            constraint=models.UniqueConstraint(
                fields=("breach", "person"), name="one_person_a_breach"
            ),
        ),
        migrations.AddIndex(
            model_name="erasure",
            index=models.Index(
                condition=models.Q(("state", "cooling")), fields=["due_at"], name="erasures_due"
            ),
        ),
        migrations.AddIndex(
            model_name="erasure",
            index=models.Index(
                condition=models.Q(("name_gone_at__isnull", True), ("name_until__isnull", False)),
                fields=["name_until"],
                name="erasures_with_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("cooling", "undone", "refused", "stopped", "done"))
                ),
                name="erasure_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cooling")),
                fields=("person",),
                name="one_open_erasure",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "done")),
                fields=("person",),
                name="nobody_is_erased_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(
                        models.Q(("digest", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="erasure_has_a_certificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("person")), _negated=True),
                    _connector="OR",
                ),
                name="erasure_is_refused_by_another",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
