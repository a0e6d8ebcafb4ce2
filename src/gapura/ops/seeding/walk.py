"""The walk from a letter to a working role, each step by whoever takes it, at its own time."""

import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gapura.access import services as access
from gapura.access.queries import ALL_CHECKS
from gapura.access.services import LetterText
from gapura.accounts.queries import person_by_id
from gapura.documents.errors import NoSuchDocument
from gapura.documents.services import receive
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.ops.seeding.cast import Post
from gapura.ops.seeding.people import acting
from gapura.organizations.queries import is_npwp

_SIGNED_BEFORE = timedelta(days=14)
_YEARS = 4
_RANKS = {"pns": "III/c", "pppk": "IX", "tni_polri": "Mayor"}
ALL_CHECKED = tuple(ALL_CHECKS)


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter to hand in: its file, and the words that are copied from it."""

    name: str
    content: bytes
    number: str
    signer: str
    position: str


def ask(
    person_id: UUID, post: Post, paper: Paper, agency: str = "", last: date | None = None
) -> UUID:
    """Prepare a request with its letter and send it in; answers its id.

    `agency` is whose letter appoints, where the role itself is held nowhere in particular; `last`
    is the letter's last day.
    """
    actor = acting(person_id, acr=1)
    document = receive(actor=actor, name=paper.name, content=paper.content)
    request_id = access.save_draft(
        actor=actor,
        role=post.role,
        agency=post.agency or agency,
        unit=post.unit or None,
        letter=words(paper, clock.now(), last),
        # Sample letters last for some years, also where the money is regional.
        beyond_year=True,
        document=document,
    )
    told = answers(person_id, post.unit)
    access.save_answers(actor=actor, request_id=request_id, answers=told)
    access.submit_request(actor=actor, request_id=request_id)
    return request_id


def answers(person_id: UUID, unit: str) -> dict[str, str]:
    """What the form of a role asks besides; what it does not ask is left out by itself."""
    told = {
        "rank": _RANKS.get(person_by_id(person_id).kind, ""),
        "unit_npwp": unit_npwp(unit),
        "unit_address": f"Jalan Pemuda {sum(unit.encode()) % 90 + 1}",
    }
    return {name: text for name, text in told.items() if text}


def unit_npwp(unit: str) -> str:
    """A made-up tax number of a unit, always the same, with a sound check digit."""
    if not unit:
        return ""
    body = f"00{zlib.crc32(unit.encode()) % 10_000_000:07d}"
    return next(f"{body}{check}000000" for check in range(10) if is_npwp(f"{body}{check}000000"))


def words(paper: Paper, at: datetime, last: date | None = None) -> LetterText:
    """What is copied from a letter that was signed two weeks before `at`."""
    signed, last = validity(at, last)
    return LetterText(paper.number, signed, paper.signer, paper.position, signed, last)


def validity(at: datetime, last: date | None = None) -> tuple[date, date]:
    """First and last day of a letter that is handed in at `at`; usually it lasts for some years."""
    signed = clock.legal_day(at - _SIGNED_BEFORE)
    return signed, last or date(signed.year + _YEARS, 12, 31)


def read_letter(by: Actor, request_id: UUID) -> None:
    """Open the letter of a request, where there is one, as whoever decides should."""
    with suppress(NoSuchDocument):
        access.open_letter(actor=by, request_id=request_id)


def grant(request_id: UUID, by: UUID, role: str) -> UUID:
    """Take the request and approve it as the holder of `role`; answers the new grant's id."""
    actor = acting(by, role)
    access.claim_request(actor=actor, request_id=request_id)
    read_letter(actor, request_id)
    return access.approve_request(actor=actor, request_id=request_id, checked=ALL_CHECKED)


def activate(person_id: UUID, grant_id: UUID) -> None:
    """The person confirms the grant with the app."""
    access.activate_grant(actor=acting(person_id), grant_id=grant_id)
