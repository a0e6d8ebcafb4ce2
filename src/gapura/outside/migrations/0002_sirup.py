"""One more authority may be asked: SiRUP, for the accounts of before."""

from django.db import migrations, models

AUTHORITIES = ("registry", "oss", "tax", "blacklist", "messages", "holidays", "sirup")


class Migration(migrations.Migration):
    dependencies = [("outside", "0001_initial")]
    operations = [
        migrations.RemoveConstraint(model_name="check", name="check_of_an_authority"),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(authority__in=AUTHORITIES), name="check_of_an_authority"
            ),
        ),
    ]
