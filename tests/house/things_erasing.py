"""Things of erasures and breaches for the walk: open and carried out, entered, links of mails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from gapura.journeys.erasing import ask, carry_out_due
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.notifications.models import Mail
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting
from gapura.privacy.models import Erasure
from gapura.privacy.services import BreachText, enter_breach
from tests.authentication.world import person
from tests.sessions import acting as entered

Things = dict[str, object]
TEXT = "Daftar alamat surel terkirim ke orang lain."
_NAMES = ("what", "what_en", "how", "how_en", "measures", "measures_en")


def _as(username: str, role: str = "") -> Actor:
    found = acting(persona_id(username), role) if role else acting(persona_id(username))
    return replace(found, facts={"proved_at": clock.now()})


def _link(template: str) -> str:
    mail = Mail.objects.filter(template=f"privacy/mail/{template}.txt").latest("created_at")
    marks = ("/erasure/", "/certificate/")
    lines = (mail.body or "").splitlines()
    return next(line for line in lines if any(m in line for m in marks)).rsplit("/", 1)[1]


def _erasures() -> Things:
    ask(actor=_as("warga"))
    return {"of warga, open": Erasure.objects.get(person=persona_id("warga")).pk}


def _open_links() -> Things:
    ask(actor=_as("warga"))
    return {"of warga, open": _link("erasure_asked"), "unknown": "unknown"}


def _certificates() -> Things:
    """Of somebody made for it: the personas are needed for the rest of the walk."""
    ask(actor=entered(person()))
    with clock.frozen(clock.now() + timedelta(hours=72, seconds=1)):
        carry_out_due(actor=system_actor("tests"))
    return {"of somebody erased": _link("erasure_done"), "unknown": "unknown"}


def _breaches() -> Things:
    return {"entered by admin": _breach()}


def _breach() -> UUID:
    now = clock.now()
    told = BreachText(
        began_at=now - timedelta(days=2),
        ended_at=None,
        found_at=now - timedelta(hours=1),
        classes=("contact",),
        texts=dict.fromkeys(_NAMES, TEXT),
    )
    return enter_breach(actor=_as("admin", "admin_platform"), told=told)


MAKERS: dict[str, Callable[[], Things]] = {
    "erasure_id": _erasures,
    "erasure_token": _open_links,
    "certificate_token": _certificates,
    "breach_id": _breaches,
}
FORMS: dict[str, dict[str, object]] = {
    "ask-erasure": {"understood": "1"},
    "erasure-refuse": {"reason": "Perkara pidana sedang berjalan."},
    "breach-find": {"way": "held", "value": "authentication.password"},
    "breach-close": {"reason": "Lampiran kini diperiksa dua orang."},
}
