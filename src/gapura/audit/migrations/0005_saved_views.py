"""Kept searches of the log, files that were made from it, and the assignments of auditors."""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

import gapura.kernel.encryption
import gapura.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_cosignatures"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportPart",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "export_id",
                        "place",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("export_id", models.UUIDField()),
                ("place", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "audit_export_part",
            },
        ),
        migrations.CreateModel(
            name="Assignment",
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
                ("number", models.CharField(max_length=100)),
                ("letter", models.UUIDField()),
                ("agency", models.CharField(max_length=40)),
                ("person", models.UUIDField()),
                ("username", models.CharField(max_length=40)),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                (
                    "units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("case", models.CharField(blank=True, default="", max_length=200)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("created_by", models.UUIDField()),
                ("created_at", models.DateTimeField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "audit_assignment",
                "indexes": [
                    models.Index(fields=["person"], name="audit_assignment_person"),
                    models.Index(fields=["agency", "-created_at"], name="audit_assignment_agency"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid__isempty", False),
                            ("valid__lower_inf", False),
                            ("valid__upper_inf", False),
                        ),
                        name="assignment_has_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agencies__len__gte", 1)),
                        name="assignment_has_agencies",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("created_by")), _negated=True),
                        name="assignment_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(
                                models.Q(("confirmed_by", models.F("created_by")), _negated=True),
                                models.Q(("confirmed_by", models.F("person")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_confirmed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
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
                ("number", models.CharField(max_length=20, unique=True)),
                ("person", models.UUIDField()),
                ("actor", gapura.kernel.encryption.SealedText()),
                ("role", models.CharField(max_length=40)),
                ("agency", models.CharField(blank=True, default="", max_length=40)),
                ("assignment", models.UUIDField(null=True)),
                ("format", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=5)),
                ("filters", gapura.kernel.encryption.SealedText()),
                ("reason", gapura.kernel.encryption.SealedText()),
                ("asked_at", models.DateTimeField()),
                ("expected", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, default="", max_length=10)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("size", models.PositiveIntegerField(null=True)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("gone_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "audit_export",
                "indexes": [
                    models.Index(fields=["person", "-asked_at"], name="audit_export_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ("csv", "xlsx", "json", "parquet"))),
                        name="audit_export_format",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("problem__in", ("", "rows", "size", "scope"))),
                        name="audit_export_problem",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at", None)),
                        fields=("person",),
                        name="one_export_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
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
                ("person", models.UUIDField()),
                ("agency", models.CharField(blank=True, default="", max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("query", gapura.kernel.encryption.SealedText()),
                ("shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "audit_saved_view",
                "indexes": [
                    models.Index(
                        condition=models.Q(("shared", True)),
                        fields=["agency"],
                        name="audit_shared_view",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "agency", "name"), name="one_view_a_name"
                    )
                ],
            },
        ),
    ]
