"""How units, agencies and companies are kept true: changes with a day, confirmations, branches."""

from datetime import date

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.encryption
import gapura.kernel.ids
import gapura.organizations.models.companies

# key, value, basis
NUMBERS = (
    (
        "unit_confirmation_months",
        12,
        "Product policy: address, tax number and head of a unit are confirmed once a year",
    ),
    (
        "unit_confirmation_notice_days",
        30,
        "Product policy: the agency's administrators are told so many days ahead",
    ),
    (
        "unit_confirmation_again_days",
        14,
        "Product policy: who was told of units to confirm is told again after so many days",
    ),
    (
        "paper_notice_days",
        30,
        "Product policy: a company is told so many days before one of its papers ends",
    ),
    (
        "paper_again_days",
        14,
        "Product policy: a company with an ended paper is told again after so many days",
    ),
    (
        "registry_again_minutes",
        60,
        "Product policy: a company may have the authorities asked anew once an hour",
    ),
)


def load(apps, schema_editor):
    rule = apps.get_model("organizations", "PlaceRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in NUMBERS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("organizations", "0006_letters_to_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyAnswer",
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
                ("authority", models.CharField(max_length=20)),
                ("said", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("reference", models.CharField(max_length=80)),
                ("result_hash", models.CharField(max_length=64)),
                ("times", models.PositiveIntegerField(default=1)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CompanyBranch",
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
                ("number", models.CharField(max_length=6)),
                ("name", models.CharField(max_length=200)),
                ("address", models.CharField(max_length=300)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("added_by", models.UUIDField()),
                ("added_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PlaceChange",
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
                ("kind", models.CharField(max_length=10)),
                ("from_day", models.DateField()),
                ("before", models.CharField(blank=True, default="", max_length=200)),
                ("after", models.CharField(blank=True, default="", max_length=200)),
                ("grants", models.CharField(blank=True, default="", max_length=4)),
                ("deed", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                ("canceled_at", models.DateTimeField(null=True)),
                ("canceled_by", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PlaceName",
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
                ("name", models.CharField(max_length=200)),
                ("until", models.DateField()),
                ("deed", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="PlaceRule",
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
            name="UnitConfirmation",
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
                ("address", models.CharField(max_length=300)),
                ("npwp", gapura.kernel.encryption.SealedText(null=True)),
                ("head_name", models.CharField(max_length=100)),
                ("head_position", models.CharField(max_length=150)),
                ("changed", models.JSONField(default=list)),
                ("confirmed_by", models.UUIDField()),
                ("confirmed_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="companydocument",
            name="paper_kind",
        ),
        migrations.AddField(
            model_name="company",
            name="asked_again_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="agency",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="agency",
            name="successor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.agency",
            ),
        ),
        migrations.AddField(
            model_name="companydocument",
            name="number",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddField(
            model_name="companydocument",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="companydocument",
            name="replaced_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="companydocument",
            name="valid_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="companydocument",
            name="valid_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="confirmed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="confirmed_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="ends_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="head_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddField(
            model_name="unit",
            name="head_position",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
        migrations.AddField(
            model_name="unit",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="organizations.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="companydocument",
            index=models.Index(
                condition=models.Q(("replaced_at__isnull", True), ("valid_until__isnull", False)),
                fields=["valid_until"],
                name="paper_that_ends",
            ),
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["agency", "confirmed_at"], name="unit_to_confirm"),
        ),
        migrations.AddConstraint(
            model_name="companydocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["akta", "letter", "npwp", "nib", "kswp", "pkp"])),
                name="paper_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="companydocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_from__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="paper_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("closed_on__isnull", False), _connector="OR"
                ),
                name="ended_unit_is_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(
                        ("closed_on__isnull", False),
                        models.Q(("merged_into", models.F("code")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="merged_unit_is_closed",
            ),
        ),
        migrations.AddField(
            model_name="companyanswer",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="organizations.company",
            ),
        ),
        migrations.AddField(
            model_name="companybranch",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="branches",
                to="organizations.company",
            ),
        ),
        migrations.AddField(
            model_name="companybranch",
            name="region",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.region",
            ),
        ),
        migrations.AddField(
            model_name="placechange",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="organizations.agency",
            ),
        ),
        migrations.AddField(
            model_name="placechange",
            name="new_parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
            ),
        ),
        migrations.AddField(
            model_name="placechange",
            name="successor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
            ),
        ),
        migrations.AddField(
            model_name="placechange",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
            ),
        ),
        migrations.AddField(
            model_name="placename",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="past_names",
                to="organizations.agency",
            ),
        ),
        migrations.AddField(
            model_name="placename",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
            ),
        ),
        migrations.AddField(
            model_name="unitconfirmation",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmations",
                to="organizations.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="companyanswer",
            index=models.Index(fields=["company", "-first_at"], name="answers_of_company"),
        ),
        migrations.AddConstraint(
            model_name="companyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("authority__in", ["oss", "tax", "blacklist"])),
                name="answer_authority",
            ),
        ),
        migrations.AddConstraint(
            model_name="companyanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("company", "authority"),
                name="one_present_answer_of_an_authority",
            ),
        ),
        migrations.AddConstraint(
            model_name="companyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_at__gte", models.F("first_at"))),
                name="answer_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="companybranch",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[0-9]{6}$")), name="branch_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="companybranch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="branch_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="companybranch",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("company"), "="),
                    (models.F("number"), "="),
                    (
                        gapura.organizations.models.companies.DayRange(
                            models.F("since"), models.F("until"), models.Value("[]")
                        ),
                        "&&",
                    ),
                ],
                name="one_branch_of_a_number_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="placechange",
            index=models.Index(
                condition=models.Q(("applied_at__isnull", True), ("canceled_at__isnull", True)),
                fields=["from_day"],
                name="change_to_apply",
            ),
        ),
        migrations.AddIndex(
            model_name="placechange",
            index=models.Index(fields=["unit"], name="change_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["renamed", "moved", "merged", "closed"])),
                name="change_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grants", ""), ("grants__in", ["stay", "end"]), _connector="OR"
                ),
                name="change_grants",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "merged"), _negated=True),
                    models.Q(
                        ("grants__in", ["stay", "end"]),
                        ("successor__isnull", False),
                        ("unit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="merged_unit_has_a_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    models.Q(("successor", models.F("unit")), _negated=True),
                    _connector="OR",
                ),
                name="unit_does_not_succeed_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("applied_at__isnull", True), ("canceled_at__isnull", True), _connector="OR"
                ),
                name="applied_change_stays",
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("canceled_at__isnull", True), ("kind__in", ["merged", "closed"])
                ),
                fields=("agency", "unit"),
                name="a_place_ends_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="placechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("applied_at__isnull", True), ("canceled_at__isnull", True)),
                fields=("agency", "unit", "kind"),
                name="one_waiting_change_of_a_kind",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="placename",
            index=models.Index(fields=["unit", "until"], name="past_name_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.UniqueConstraint(
                fields=("agency", "unit", "until"),
                name="one_name_of_a_place_a_day",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="unitconfirmation",
            index=models.Index(fields=["unit", "-confirmed_at"], name="confirmation_of_unit"),
        ),
        migrations.RunSQL(
            "UPDATE organizations_unit SET ends_on = closed_on WHERE closed_on IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
