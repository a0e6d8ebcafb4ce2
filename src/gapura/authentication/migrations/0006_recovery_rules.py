"""Dated rules of ways back: how long they are open for asking, wait, and may then be used."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 1, 1)
VOUCHED = (
    "OWASP ASVS 5.0 V6.4.6 and V2.3.5 (help with accounts rests on two people); "
    "login.gov account reset: 24 hours with notices to all channels"
)
OPERATOR = (
    "NIST SP 800-63A-4 (identity proven anew at the original level), OWASP ASVS 5.0 V6.4.6; "
    "product policy: 72 hours where no agency knows the person"
)
MAILBOX = (
    "OWASP ASVS 5.0 V6.4.3 (one mailbox is not the account); login.gov account reset: 24 hours"
)

# key, scope, value, basis
RULES = (
    ("recovery", "vouched", {"ask_days": 14, "wait_hours": 24, "life_days": 7}, VOUCHED),
    ("recovery", "operator", {"ask_days": 14, "wait_hours": 72, "life_days": 7}, OPERATOR),
    ("recovery", "mailbox", {"ask_days": 1, "wait_hours": 24, "life_days": 7}, MAILBOX),
)


def load(apps, schema_editor):
    rule = apps.get_model("authentication", "SignInRule")
    rule.objects.bulk_create(
        rule(key=key, scope=scope, value=value, basis=basis, valid_from=SINCE)
        for key, scope, value, basis in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("authentication", "0005_sign_in_rules")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
