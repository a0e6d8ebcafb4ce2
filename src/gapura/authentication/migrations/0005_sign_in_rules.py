"""Dated rules of signing in: passwords, lives of sessions and sign-ins at once, per population."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 1, 1)
PASSWORDS = (
    "NIST SP 800-63B-4 3.1.1.2 and ASVS 5.0 V6.2.5, V6.2.10 (no forced rotation, no composition); "
    "Peraturan BSSN 4/2021 art. 27(1)(c) by reminder"
)
SESSIONS = (
    "NIST SP 800-63B-4 2.2.3 (AAL2: idle at most 1 h, overall at most 24 h), ASVS 5.0 V7.3; "
    "Peraturan BSSN 4/2021 art. 27, functions of sessions"
)
AT_ONCE = "Peraturan BSSN 4/2021 art. 27, functions of sessions (a stated rule); ASVS 5.0 V7.1.2"
REMIND_ONLY = {
    "profile": "a",
    "min_length": 12,
    "strength_mode": "score",
    "validity_days": 180,
    "expiry_mode": "remind",
    "history": 5,
    "exempt_if_passkey": True,
    "remind_every_days": 14,
}

# key, scope, value, basis; the empty scope is for everybody who has no row of their own.
RULES = (
    *(
        ("password", scope, REMIND_ONLY, PASSWORDS)
        for scope in ("", "official", "supplier", "admin")
    ),
    ("session", "", {"idle_minutes": 30, "absolute_hours": 12}, SESSIONS),
    ("session", "official", {"idle_minutes": 30, "absolute_hours": 12}, SESSIONS),
    ("session", "supplier", {"idle_minutes": 30, "absolute_hours": 12}, SESSIONS),
    ("session", "admin", {"idle_minutes": 30, "absolute_hours": 8}, SESSIONS),
    ("sessions_at_once", "", {"most": 20, "tell": True}, AT_ONCE),
    ("sessions_at_once", "official", {"most": 10, "tell": True}, AT_ONCE),
    ("sessions_at_once", "supplier", {"most": 10, "tell": True}, AT_ONCE),
    ("sessions_at_once", "admin", {"most": 5, "tell": True}, AT_ONCE),
)


def load(apps, schema_editor):
    rule = apps.get_model("authentication", "SignInRule")
    rule.objects.bulk_create(
        rule(key=key, scope=scope, value=value, basis=basis, valid_from=SINCE)
        for key, scope, value, basis in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("authentication", "0004_account_safety")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
