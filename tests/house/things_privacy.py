"""Things of the rights over data for the walk: requests of different people, copies, a pause."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting
from gapura.privacy.services import (
    ask_correction,
    ask_for_copy,
    ask_restriction,
    fulfill_request,
    make_copy,
    take_request,
)

Things = dict[str, object]
TEXT = "Nama saya ditulis dengan satu huruf terlalu banyak."
ANSWER = "Data Anda sudah kami perbaiki seperti yang Anda minta."


def _as(username: str) -> Actor:
    return replace(acting(persona_id(username)), facts={"proved_at": clock.now()})


def _correction(username: str, field: str = "other") -> UUID:
    return ask_correction(actor=_as(username), field=field, wanted="Sari Dewi", text=TEXT)


def _requests() -> Things:
    taken = _correction("bendahara")
    take_request(actor=acting(persona_id("admin"), "admin_platform"), request_id=taken)
    paused = ask_restriction(actor=_as("pa"), text=TEXT)
    officer = acting(persona_id("admin"), "admin_platform")
    fulfill_request(actor=officer, request_id=paused, answer=ANSWER)
    return {
        "of ppk at the home agency": _correction("ppk", "access"),
        "of luar at another agency": _correction("luar", "access"),
        "of warga at the platform": _correction("warga"),
        "of bendahara, taken by admin": taken,
        "of pa, fulfilled": paused,
    }


def _copies() -> Things:
    made = ask_for_copy(actor=_as("ppk"))
    make_copy(actor=system_actor("privacy"), copy_id=made)
    return {"of ppk": made, "of luar, being made": ask_for_copy(actor=_as("luar"))}


MAKERS: dict[str, Callable[[], Things]] = {
    "data_request_id": _requests,
    "copy_id": _copies,
    "data_kind": lambda: {"identity": "identity", "no kind": "weather"},
}
FORMS: dict[str, dict[str, object]] = {
    "data-fulfill": {"answer": ANSWER},
    "data-refuse": {"answer": ANSWER},
    "ask-data-correction": {"field": "other", "wanted": "Sari Dewi", "text": TEXT},
    "ask-restriction": {"text": TEXT},
}
