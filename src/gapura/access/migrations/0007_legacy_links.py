"""Accounts of the platforms of before, and since when SiRUP made accounts that are not linked."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.ids

# key, value, basis
NUMBER = (
    "legacy_account_before",
    "2024-08-01",
    "INAPROC help centre 10425060551567: PA and KPA registered in SiRUP before 1 August 2024",
)


def load(apps, schema_editor):
    key, value, basis = NUMBER
    apps.get_model("access", "AccessRule").objects.create(
        key=key, value=value, basis=basis, valid_from=date(2020, 1, 1)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_officers"),
        ("accounts", "0003_identity_cases"),
    ]
    operations = [
        migrations.CreateModel(
            name="LegacyLink",
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
                ("platform", models.CharField(max_length=20)),
                ("account", models.CharField(max_length=40)),
                ("username", models.CharField(max_length=100)),
                ("registered_on", models.DateField()),
                ("linked_at", models.DateTimeField()),
                ("proof", models.CharField(max_length=64)),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("platform", "account"), name="legacy_account_once"
                    ),
                    models.UniqueConstraint(
                        fields=("platform", "person"), name="one_legacy_account_each"
                    ),
                ],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
