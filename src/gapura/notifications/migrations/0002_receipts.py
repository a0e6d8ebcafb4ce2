"""Which entry of the log a mail is a receipt of, and the language in which that is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [
        migrations.AddField("mail", "event", models.UUIDField(null=True)),
        migrations.AddField("mail", "language", models.CharField(default="id", max_length=5)),
    ]
