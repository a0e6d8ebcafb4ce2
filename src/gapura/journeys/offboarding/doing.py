"""The act: everything in one transaction, bound to what was seen."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.access import services as access
from gapura.access.errors import LeavingChanged
from gapura.access.queries import ROLES, holder, leaders_of
from gapura.accounts import services as accounts
from gapura.accounts.queries import note_problem, people_by_id, recipient, tidy_note
from gapura.audit.services import Subject, record
from gapura.journeys import events
from gapura.journeys.offboarding.picture import Heir, Picture, see
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.problems import FieldProblems
from gapura.kernel.texts import N_
from gapura.notifications.services import Message, notify_many
from gapura.organizations.queries import agency as agency_named
from gapura.purchasing import services as purchasing
from gapura.purchasing.errors import TooLate

LEAST_REASON, LONGEST_REASON = 10, 300
_SHORT = N_("Write at least 10 characters, so that the person understands why.")
_LONG = N_("Shorten this text.")
# Lines of orders that a mail spells out.
SHOWN = 20
_SYSTEM = system_actor("offboarding")


@dataclass(frozen=True, slots=True)
class Done:
    """How many grants ended, and the offices that nobody holds now."""

    grants: int
    vacant: tuple[Heir, ...]


def offboard(*, actor: Actor, username: str, agency: str = "", reason: str, seen: str) -> Done:
    """End all that a person holds at an agency and hand their work over, at once.

    `seen` is the `Picture.version` that was confirmed; `reason` is told to the person. Grants and
    delegations end, what they had taken goes back to the queues, their open requests are withdrawn,
    and orders that only they could sign go back to the review. Those who hold the same offices,
    the heads of the units and the person are told.

    :raises NoSuchHolder, Refused: not visible, not allowed, oneself.
    :raises LeavingChanged: what hangs on the person is not what was seen; also when it was done.
    :raises FieldProblems: reason: under 10 or over 300 characters, or with letters nobody sees.
    """
    reason = _checked(reason)
    # Who may not know of the person does not learn more by acting.
    holder(actor, username)
    found = see(actor, username, agency)
    with transaction.atomic():
        access.hold_leaver(person=found.left.subject.id, agency=found.left.agency)
        found = see(actor, username, agency)
        if found.is_empty or found.version != seen:
            raise LeavingChanged()
        access.end_at_agency(actor=actor, left=found.left, reason=reason)
        person, code = found.left.subject.id, found.left.agency
        accounts.release_cases(actor=_SYSTEM, person=person, agency=code)
        moved = sum(_back_to_review(order.id) for order in found.orders if order.only_signer)
        _record(actor, found, moved, reason)
        _tell(found, reason)
    return Done(len(found.left.grants), tuple(heir for heir in found.heirs if not heir.people))


def _checked(reason: str) -> str:
    reason = tidy_note(reason)
    if not LEAST_REASON <= len(reason) <= LONGEST_REASON:
        raise FieldProblems({"reason": _SHORT if len(reason) < LEAST_REASON else _LONG})
    if problem := note_problem(reason, LONGEST_REASON):
        raise FieldProblems({"reason": problem})
    return reason


def _back_to_review(order: UUID) -> bool:
    """What was signed or ended meanwhile, or whose time is over, needs nobody to sign it."""
    with suppress(NoSuchMove, TooLate):
        purchasing.hand_over_review(actor=_SYSTEM, order=order)
        return True
    return False


def _record(actor: Actor, found: Picture, moved: int, reason: str) -> None:
    left = found.left
    facts = {
        "grants": len(left.grants),
        "delegations": len(left.given),
        "requests": len(left.requests),
        "claims": len(left.claims),
        "identities": len(found.cases),
        "orders": moved,
        "reason": reason,
    }
    subject = Subject("person", str(left.subject.id), left.subject.username)
    person = left.subject.id
    record(actor, events.OFFBOARDED, subject, facts=facts, agency=left.agency, person=person)


def _tell(found: Picture, reason: str) -> None:
    left, where = found.left, agency_named(found.left.agency).name
    told: dict[str, Any] = {"person": left.subject.name, "agency": where}
    roles = [{"role": ROLES[one.role].name, "place": one.place.label} for one in left.grants]
    _mail([left.subject.id], "offboarded", "/account/access", **told, roles=roles, reason=reason)
    for heir in found.heirs:
        orders = {"orders": _lines(heir), "more": max(len(heir.orders) - SHOWN, 0)}
        about = {**told, "role": ROLES[heir.role].name, "unit": heir.unit_name, **orders}
        if heir.orders:
            _mail(heir.people, "orders_left", "/orders", **about)
        leaders = leaders_of(left.agency, heir.unit, besides=left.subject.id)
        _mail(leaders, "officer_left", "/people/expiring", **about, names=list(heir.names))


def _lines(heir: Heir) -> list[dict[str, Any]]:
    return [
        {"reference": order.reference, "company": order.company_name, "what": order.what}
        for order in heir.orders[:SHOWN]
    ]


def _mail(whom: Iterable[UUID], template: str, link: str, **values: Any) -> None:
    notify_many(
        Message(recipient(person), f"journeys/mail/{template}.txt", values, link=link)
        for person in people_by_id(set(whom)).values()
    )
