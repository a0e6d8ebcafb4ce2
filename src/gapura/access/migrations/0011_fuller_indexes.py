"""Who holds a role for a whole agency, and by which letters grants end, stand in the indexes."""

from django.db import migrations, models
from django.db.models import Q

_ACTIVE = Q(state="active", superseded_at__isnull=True)


class Migration(migrations.Migration):
    dependencies = [("access", "0010_endings")]
    operations = [
        migrations.RemoveIndex("grant", "grant_holders"),
        migrations.AddIndex(
            "grant",
            models.Index(
                fields=["role", "agency", "unit"], name="grant_holders", condition=_ACTIVE
            ),
        ),
        migrations.RemoveIndex("grant", "grant_ending_at_agency"),
        migrations.AddIndex(
            "grant",
            models.Index(
                fields=["agency", "ends_before", "id"],
                include=["unit", "letter"],
                name="grant_ending_at_agency",
                condition=_ACTIVE,
            ),
        ),
    ]
