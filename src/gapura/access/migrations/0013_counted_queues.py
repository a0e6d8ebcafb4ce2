"""What queues count stands in their indexes: what somebody has taken, what came one level up."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("access", "0012_more_numbers")]
    operations = [
        migrations.AddIndex(
            "accessrequest",
            models.Index(
                fields=["claimed_by", "agency"],
                include=["level", "person", "unit"],
                name="request_taken",
                condition=Q(state="in_review"),
            ),
        ),
        migrations.RemoveIndex("accessrequest", "request_level_queue"),
        migrations.AddIndex(
            "accessrequest",
            models.Index(
                fields=["level", "due_at", "id"],
                include=["state", "person", "claimed_at"],
                name="request_level_queue",
                condition=Q(state__in=("submitted", "in_review")),
            ),
        ),
    ]
