"""The room's first dated rules, with their citations; later ones supersede them by new rows."""

from datetime import date

from django.db import migrations

FIRST = (
    (
        "request_deadline_hours",
        72,
        "INAPROC help centre 12966712756751: a request is reviewed within 3x24 hours (elapsed)",
    ),
    (
        "activation_days",
        30,
        "Product policy: an approved access that nobody activated lapses, so that none lies about",
    ),
)


def load(apps, schema_editor):
    rule = apps.get_model("access", "AccessRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in FIRST
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
