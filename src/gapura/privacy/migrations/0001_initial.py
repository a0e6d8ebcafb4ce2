"""Requests about one's own data with the hours of the law, restrictions and copies."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.encryption
import gapura.kernel.ids

_HOURS = "within 3x24 hours (elapsed) after the request is received"
_WARN = "Own rule: a day before the hours of the law are over"
FIRST = (
    ("access.hours", 72, f"UU 27/2022 Pasal 32: {_HOURS}"),
    ("access.warn_hours", 48, _WARN),
    ("correction.hours", 72, f"UU 27/2022 Pasal 30: {_HOURS}"),
    ("correction.warn_hours", 48, _WARN),
    ("restriction.hours", 72, f"UU 27/2022 Pasal 41: {_HOURS}"),
    ("restriction.warn_hours", 48, _WARN),
    (
        "copy.days",
        7,
        "Own rule (UU 27/2022 Pasal 35): a file of everything is kept no longer than needed",
    ),
)


def load(apps, schema_editor):
    """The first dated rules."""
    rule = apps.get_model("privacy", "PrivacyRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in FIRST
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_contacts_and_duplicates"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrivacyRule",
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
        migrations.CreateModel(
            name="DataRequest",
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
                ("reference", models.CharField(max_length=16, unique=True)),
                ("kind", models.CharField(max_length=12)),
                ("field", models.CharField(blank=True, default="", max_length=12)),
                ("wanted", gapura.kernel.encryption.SealedText(null=True)),
                ("text", gapura.kernel.encryption.SealedText(null=True)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("zone", models.CharField(max_length=40)),
                ("desk", models.CharField(max_length=10)),
                ("agency", models.CharField(blank=True, default="", max_length=20)),
                ("state", models.CharField(default="received", max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("warn_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("warned_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("answer", gapura.kernel.encryption.SealedText(null=True)),
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
                    "evidence",
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
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "db_table": "privacy_request",
            },
        ),
        migrations.CreateModel(
            name="Copy",
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
                ("language", models.CharField(max_length=2)),
                ("asked_at", models.DateTimeField()),
                ("expected", models.PositiveSmallIntegerField()),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "data",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "paper",
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
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="privacy.datarequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Restriction",
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
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restrictions",
                        to="privacy.datarequest",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="datarequest",
            index=models.Index(fields=["state", "due_at"], name="privacy_request_queue"),
        ),
        migrations.AddIndex(
            model_name="datarequest",
            index=models.Index(fields=["person", "asked_at"], name="privacy_request_own"),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("received", "in_review"))),
                fields=("person", "kind", "field"),
                name="one_open_data_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("received", "in_review", "fulfilled", "refused", "withdrawn"))
                ),
                name="data_request_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("access", "correction", "restriction"))),
                name="data_request_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("desk__in", ("agency", "platform"))),
                name="data_request_desk_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="copy",
            index=models.Index(fields=["gone_at", "expires_at"], name="privacy_copy_old"),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)),
                fields=("person",),
                name="one_copy_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("person",),
                name="one_restriction_a_person",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
