"""Verifiers in their own right may delegate their duty; those appointed before this, too."""

from django.db import migrations


def allow(apps, schema_editor):
    grants = apps.get_model("access", "Grant").objects
    grants.filter(role="verifikator", standing="definitive", superseded_at__isnull=True).update(
        delegable=True
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0007_legacy_links")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
