"""Where authorities and we differ about a company; who recorded a standing, from which source."""

import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0004_unit_paths"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyDifference",
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
                ("field", models.CharField(max_length=12)),
                ("ours", models.TextField()),
                ("theirs", models.TextField()),
                ("authority", models.CharField(max_length=20)),
                ("reference", models.CharField(max_length=80)),
                ("result_hash", models.CharField(max_length=64)),
                ("found_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled", models.CharField(blank=True, default="", max_length=10)),
            ],
        ),
        migrations.AddField(
            model_name="company",
            name="oss_checked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="tax_checked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="companystanding",
            name="recorded_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="companystanding",
            name="source",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="companystanding",
            name="superseded_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["oss_checked_at", "code"], name="company_to_compare_oss"),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["tax_checked_at", "code"], name="company_to_compare_tax"),
        ),
        migrations.AddField(
            model_name="companydifference",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="differences",
                to="organizations.company",
            ),
        ),
        migrations.AddConstraint(
            model_name="companydifference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)),
                fields=("company", "field"),
                name="one_open_difference_a_field",
            ),
        ),
        migrations.AddConstraint(
            model_name="companydifference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "field__in",
                        [
                            "licence",
                            "owner",
                            "name",
                            "form",
                            "scale",
                            "kblis",
                            "region",
                            "npwp",
                            "tax_status",
                            "tax_name",
                            "taxable",
                        ],
                    )
                ),
                name="difference_field",
            ),
        ),
        migrations.AddConstraint(
            model_name="companydifference",
            constraint=models.CheckConstraint(
                condition=models.Q(("authority__in", ["oss", "tax"])), name="difference_authority"
            ),
        ),
        migrations.AddConstraint(
            model_name="companydifference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled", ""), ("settled_at__isnull", True)),
                    models.Q(
                        ("settled__in", ["agrees", "changed", "adopted"]),
                        ("settled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="difference_settled_somehow",
            ),
        ),
    ]
