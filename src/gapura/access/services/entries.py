"""How this room's changes are told to the activity log."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from gapura.access.models import AccessRequest, Grant, Invitation, JoinRequest, Succession
from gapura.access.roles import COMPANY_STAFF
from gapura.audit.events import Event, Subject
from gapura.audit.services import compose, record, record_all
from gapura.kernel.actor import Actor
from gapura.kernel.states import Step

Thing = AccessRequest | Grant
Told = tuple[Thing, Step | None, dict[str, Any]]


def facts_of(thing: Thing) -> dict[str, Any]:
    """Role and place, which most events of this room tell."""
    facts = {"role": thing.role, "agency": thing.agency_id or "", "unit": thing.unit_id or ""}
    return facts | {"company": thing.company_id} if thing.company_id else facts


def given_by(grant: Grant) -> dict[str, Any]:
    """How long a new grant lasts, on what it rests and how it is held; empty is said too, so that
    an entry of before, which says nothing of it, is told apart. `until` is its last day.
    """
    after = grant.valid.upper
    told = {
        "since": grant.valid.lower,
        "until": after - timedelta(days=1) if after else "",
        "letter_id": grant.letter_id or "",
        "standing": grant.standing,
        "principal": grant.principal_id or "",
        "rests_on": grant.rests_on_id or "",
        "delegable": grant.delegable,
    }
    return told | {"duties": ",".join(grant.duties)} if grant.role == COMPANY_STAFF else told


def note(actor: Actor, event: Event, thing: Thing, step: Step | None = None, **facts: Any) -> UUID:
    """Write one event about a request or a grant; its agency and its person may read it.

    `step` is the move that was made, for the states before and after. Answers the entry's id.
    """
    return record(actor, event, _subject(thing), **_details((thing, step, facts)))


def note_begun(actor: Actor, event: Event, grant: Grant, **facts: Any) -> UUID:
    """Write the event with which a grant begins; it tells the state in which it does."""
    details = _details((grant, None, facts)) | {"after": {"state": grant.state}}
    return record(actor, event, _subject(grant), **details)


def note_staff(
    actor: Actor,
    event: Event,
    thing: Invitation | JoinRequest | Succession,
    step: Step | None = None,
    **facts: Any,
) -> None:
    """Write one event about an invitation, a request to be admitted or a new head."""
    states: dict[str, Any] = {}
    if step is not None:
        states = {"before": {"state": step.source}, "after": {"state": step.target}}
    if isinstance(thing, Invitation):
        subject, person = Subject("invitation", str(thing.id)), thing.accepted_by_id
    elif isinstance(thing, Succession):
        subject = Subject("succession", str(thing.id), thing.successor.username)
        person = thing.successor_id
    else:
        subject = Subject("join", str(thing.id), thing.person.username)
        person = thing.person_id
    told = {"company": thing.company_id, **facts}
    record(actor, event, subject, facts=told, person=person, **states)


def note_all(actor: Actor, event: Event, told: Iterable[Told]) -> list[UUID]:
    """Write one event for each of many things in a few statements; answers the entries' ids."""
    entries = [compose(actor, event, _subject(t[0]), **_details(t)) for t in told]
    record_all(event, entries)
    return [entry.id for entry in entries]


def _details(told: Told) -> dict[str, Any]:
    thing, step, facts = told
    details: dict[str, Any] = {
        "facts": facts,
        "agency": thing.agency_id or "",
        "unit": thing.unit_id or "",
        "person": thing.person_id,
    }
    if step is not None:
        details |= {"before": {"state": step.source}, "after": {"state": step.target}}
    return details


def _subject(thing: Thing) -> Subject:
    if isinstance(thing, AccessRequest):
        return Subject("access_request", str(thing.id), thing.reference)
    return Subject("grant", str(thing.id), thing.person.username)
