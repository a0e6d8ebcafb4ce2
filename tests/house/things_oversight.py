"""Things of oversight for the walk: alerts about people of different agencies, and webhooks."""

from collections.abc import Callable
from uuid import UUID

from gapura.audit.models import LogEvent
from gapura.audit.queries import Seen
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import ABROAD, HOME
from gapura.ops.seeding.people import acting
from gapura.reports.models import Alert, Delivery
from gapura.reports.queries.findings import Finding
from gapura.reports.rules import RULES_BY_CODE
from gapura.reports.services import explain_alert, raise_alert, register_webhook

Things = dict[str, object]
REASON = "Sudah ditanyakan kepada yang bersangkutan dan atasannya."
_WATCH = system_actor("alerts")


def alerted(username: str, agency: str, rule: str = "dormant_used") -> UUID:
    """An open alert about a persona, whatever the log says of them for evidence."""
    person = persona_id(username)
    entry = LogEvent.objects.filter(person=person).latest("id").id
    found = Finding(
        subject=str(person),
        entries=(Seen(entry, clock.now()),),
        person=person,
        agency=agency,
        values={"username": username},
    )
    alert = raise_alert(actor=_WATCH, rule=RULES_BY_CODE[rule], found=found)
    assert alert is not None
    return alert.id


def _alerts() -> Things:
    explained = alerted("pp", HOME)
    by = acting(persona_id("apip"), "apip")
    explain_alert(actor=by, alert=explained, reason=REASON)
    return {
        "about ppk": alerted("ppk", HOME),
        "about pp, explained": explained,
        "about luar": alerted("luar", ABROAD),
        "about the log": alerted("warga", "", "names_guessed"),
    }


def hook(name: str = "Pusat data") -> UUID:
    """An open webhook."""
    admin = acting(persona_id("admin"), "admin_platform")
    return register_webhook(actor=admin, name=name, url="https://siem.example.org/hook")[0]


def _messages() -> Things:
    webhook, alert = hook("Pusat pesan"), Alert.objects.get(pk=alerted("bendahara", HOME))
    made = Delivery.objects.filter(webhook=webhook, alert=alert).get()
    Delivery.objects.filter(pk=made.pk).update(next_at=None, dead_at=clock.now(), fault="gone")
    return {"given up": made.id}


MAKERS: dict[str, Callable[[], Things]] = {
    "alert_id": _alerts,
    "alert_rule": lambda: {"hasty approval": "hasty_approval", "unknown": "none"},
    "webhook_id": lambda: {"open": hook()},
    "delivery_id": _messages,
}
FORMS: dict[str, dict[str, object]] = {
    "dispose-alert": {"outcome": "follow_up", "reason": REASON},
    "reopen-alert": {"reason": REASON},
    "change-alert-rule": {
        "least": "12", "within": "10", "active": "on", "tells": "apip", "reason": REASON,
    },
    "register-webhook": {"name": "Pusat data", "url": "https://siem.example.org/hook"},
}  # fmt: skip
