"""Identity documents that somebody compares, their deadline, and who has to be seen."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.ids

FIRST = (
    (
        "identity_deadline_hours",
        72,
        "INAPROC help centre 12966712756751: a request is reviewed within 3x24 hours (elapsed)",
    ),
)


def load(apps, schema_editor):
    """The first dated rule, and who has to be looked at: their accounts may have been taken over."""
    rule = apps.get_model("accounts", "AccountRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in FIRST
    )
    people = apps.get_model("accounts", "Person").objects
    people.filter(state="needs_reverification").update(must_be_seen=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_phones_and_proofs"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountRule",
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
                ("key", models.CharField(max_length=80)),
                ("scope", models.CharField(blank=True, default="", max_length=40)),
                ("value", models.JSONField()),
                ("basis", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="person",
            name="must_be_seen",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="IdentityCase",
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
                ("kind", models.CharField(max_length=12)),
                ("sha256", models.CharField(max_length=64)),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("level", models.CharField(max_length=10)),
                ("agency", models.CharField(blank=True, default="", max_length=20)),
                ("sent_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("escalated_at", models.DateTimeField(null=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason_code", models.CharField(blank=True, default="", max_length=20)),
                ("reason", models.CharField(blank=True, default="", max_length=1000)),
                ("corrections", models.JSONField(default=list)),
                (
                    "claimed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identity_cases",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "claimed"))),
                        fields=["level", "agency", "due_at", "id"],
                        name="identity_case_queue",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "claimed"))),
                        fields=("person",),
                        name="one_open_identity_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "waiting",
                                    "claimed",
                                    "confirmed",
                                    "sent_back",
                                    "refused",
                                    "withdrawn",
                                    "overtaken",
                                ),
                            )
                        ),
                        name="identity_case_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("ktp", "certificate", "passport"))),
                        name="identity_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ("agency", "platform"))),
                        name="identity_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("document__isnull", False), ("state__in", ("waiting", "claimed"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("waiting", "claimed")), _negated=True),
                                ("document__isnull", True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ended_identity_case_keeps_no_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "claimed"), _negated=True),
                            models.Q(("claimed_at__isnull", False), ("claimed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="claimed_identity_case_has_a_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="identity_is_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
