"""What the walk looks at: for each id in an address, things of different owners."""

from collections.abc import Callable
from uuid import UUID

from gapura.access.queries import CHECKLIST
from gapura.access.services import claim_request, save_draft
from gapura.audit.models import LogEvent
from gapura.authentication.models import Session
from gapura.helpdesk.models import Case
from gapura.helpdesk.services import open_case
from gapura.kernel.actor import Actor
from gapura.ops.seeding import walk
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import ABROAD, EDUCATION, HOME, Post
from gapura.ops.seeding.letters import letter_pdf
from gapura.ops.seeding.people import acting
from tests.house import (
    things_campaigns,
    things_catalog,
    things_clients,
    things_company,
    things_conflicts,
    things_desk,
    things_erasing,
    things_keeping,
    things_letters,
    things_log,
    things_orders,
    things_oversight,
    things_passkeys,
    things_people,
    things_places,
    things_privacy,
    things_receipts,
    things_recovery,
    things_register,
    things_reports,
    things_reviews,
    things_safety,
)

Things = dict[str, object]

PAPER = walk.Paper(
    "sk.pdf",
    letter_pdf("Dinas", "800/1", "Pengangkatan", ("Memutuskan.",), "Kepala Dinas"),
    "800/1",
    "Kepala Dinas",
    "Kepala Dinas",
)


class Stock:
    """The things of one test, made when an address first asks for them."""

    def __init__(self) -> None:
        self._made: dict[str, Things] = {}

    def of(self, parameter: str) -> Things:
        """Label to value, for one parameter of an address.

        :raises KeyError: nobody has thought of that parameter yet: add its things to MAKERS.
        """
        if parameter not in self._made:
            self._made[parameter] = MAKERS[parameter]()
        return self._made[parameter]


def _ask(username: str, role: str, unit: str, agency: str = HOME) -> UUID:
    return walk.ask(persona_id(username), Post(role, agency=agency, unit=unit), PAPER)


def _requests() -> Things:
    """Requests in the states that allow different things, at home and abroad."""
    taken = _ask("pp", "kpa", EDUCATION)
    verifier = acting(persona_id("verifikator"), "verifikator")
    claim_request(actor=verifier, request_id=taken)
    approved = _ask("bendahara", "pa", EDUCATION)
    walk.grant(approved, persona_id("verifikator"), "verifikator")
    draft = save_draft(actor=acting(persona_id("pa")), role="kpa", agency=HOME, unit=EDUCATION)
    return {
        "draft of pa": draft,
        "of ppk waiting": _ask("ppk", "pa", EDUCATION),
        "of pp taken by verifikator": taken,
        "of bendahara approved": approved,
        "of luar waiting": _ask("luar", "pp", "D3578.009", ABROAD),
    }


def _cases() -> Things:
    return {f"at {agency}": _case(agency) for agency in (HOME, ABROAD)}


def _case(agency: str) -> UUID:
    reference = open_case(
        actor=Actor(ip="192.0.2.1"),
        name="Budi Santoso",
        email="budi@contoh.id",
        topic="other",
        text="Saya tidak menerima kode lewat e-mail.",
        agency=agency,
    )
    return Case.objects.get(reference=reference).id


def _entries() -> Things:
    """One entry that tells of ppk at home, one of luar abroad, one for the platform only."""
    told = LogEvent.objects.filter(name="access.grant.activated").order_by("occurred_at")
    return {
        "about ppk": told.filter(person=persona_id("ppk")).latest("occurred_at").id,
        "about luar": told.filter(person=persona_id("luar")).latest("occurred_at").id,
        "for the platform": LogEvent.objects.filter(readers="platform").latest("occurred_at").id,
    }


def _sessions() -> Things:
    """Where ppk is signed in."""
    return {"of ppk": Session.objects.filter(person=persona_id("ppk")).latest("created_at").id}


# A sound form for the pages where an empty one would be sent back before anybody asks for rights.
FORMS: dict[str, dict[str, object]] = {
    "request-approve": {"checked": list(CHECKLIST)},
    "request-correct": {
        "fields_back": ["letter.number"],
        "reason_letter_number": "unreadable",
        "note_letter_number": "Nomornya tidak terbaca.",
    },
    "request-reject": {"reason_code": "not_appointed", "reason": "Surat menunjuk orang lain."},
    "request-submit": {"confirmed": "1"},
    "answer-case": {"text": "Periksa folder spam di kotak surat Anda."},
    **things_campaigns.FORMS,
    **things_catalog.FORMS,
    **things_clients.FORMS,
    **things_company.FORMS,
    **things_conflicts.FORMS,
    **things_desk.FORMS,
    **things_erasing.FORMS,
    **things_letters.FORMS,
    **things_log.FORMS,
    **things_orders.FORMS,
    **things_oversight.FORMS,
    **things_passkeys.FORMS,
    **things_people.FORMS,
    **things_places.FORMS,
    **things_privacy.FORMS,
    **things_receipts.FORMS,
    **things_keeping.FORMS,
    **things_recovery.FORMS,
    **things_register.FORMS,
    **things_reports.FORMS,
    **things_reviews.FORMS,
}

MAKERS: dict[str, Callable[[], Things]] = {
    "request_id": _requests,
    "case_id": _cases,
    **things_campaigns.MAKERS,
    **things_catalog.MAKERS,
    **things_clients.MAKERS,
    **things_company.MAKERS,
    **things_conflicts.MAKERS,
    **things_desk.MAKERS,
    **things_erasing.MAKERS,
    **things_letters.MAKERS,
    **things_log.MAKERS,
    **things_orders.MAKERS,
    **things_oversight.MAKERS,
    **things_passkeys.MAKERS,
    **things_people.MAKERS,
    **things_places.MAKERS,
    **things_privacy.MAKERS,
    **things_receipts.MAKERS,
    **things_keeping.MAKERS,
    **things_recovery.MAKERS,
    **things_register.MAKERS,
    **things_reviews.MAKERS,
    **things_safety.MAKERS,
    "entry_id": _entries,
    "session_id": _sessions,
    "role": lambda: {"of ppk": "ppk", "of nobody": "raja"},
    "number": lambda: {"page 1": 1},
}
