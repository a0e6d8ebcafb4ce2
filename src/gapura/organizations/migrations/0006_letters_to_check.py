"""What waits to be checked in an agency is found by an index, for the front page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0005_company_differences")]
    operations = [
        migrations.AddIndex(
            "appointmentletter",
            models.Index(
                fields=["agency"], name="letter_to_check", condition=models.Q(state="entered")
            ),
        ),
    ]
