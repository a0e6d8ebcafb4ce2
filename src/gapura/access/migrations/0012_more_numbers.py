"""Two more numbers as dated rows; what only warns is kept with the line of a file."""

from datetime import date

from django.db import migrations, models

# key, value, basis
NUMBERS = (
    (
        "standing_break_days",
        14,
        "Product policy: terms of standing in less than 14 days apart count as one chain",
    ),
    (
        "invitation_days",
        7,
        "Product policy: long for a week's leave, short enough that an old mail opens nothing",
    ),
)


def load(apps, schema_editor):
    rule = apps.get_model("access", "AccessRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in NUMBERS
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0011_fuller_indexes")]
    operations = [
        migrations.AddField("importline", "warnings", models.JSONField(default=list)),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
