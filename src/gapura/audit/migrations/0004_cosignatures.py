"""Cosignatures of witnesses beside their checkpoints, and how signer and witnesses are."""

from django.db import migrations, models

GUARD = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_cosignature
EXECUTE FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_monthly_partitions")]
    operations = [
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number",
                        "witness",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("witness", models.CharField(max_length=200)),
                ("line", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "audit_cosignature"},
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("well_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("retry_at", models.DateTimeField(null=True)),
                ("tries", models.IntegerField()),
                ("trouble", models.CharField(max_length=10)),
                ("why", models.CharField(max_length=300)),
            ],
            options={"db_table": "audit_party"},
        ),
        migrations.RunSQL(GUARD, "DROP TRIGGER append_only ON audit_cosignature;"),
    ]
