"""What every step of a request does: lock it, ask the right, move, record, tell."""

from typing import Any
from uuid import UUID

from gapura.accounts.queries import recipient
from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.documents.services import erase
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import may, require
from gapura.kernel.states import Step
from gapura.notifications.services import notify
from gapura.privacy.errors import NoSuchRequest, RequestDecided
from gapura.privacy.models import Copy, DataRequest, Restriction
from gapura.privacy.permissions import Can
from gapura.privacy.states.requests import OPEN, REQUEST
from gapura.privacy.topics import KIND_WORDS

# The kind of hold by which a restriction works; see policy.
HOLD = "restriction"
MINE, QUEUE = "/account/data/requests", "/console/privacy"


def open_for(actor: Actor, can: Can, request_id: UUID) -> DataRequest:
    """The locked request, once the actor may do this to it now.

    :raises NoSuchRequest: not there, or not for this actor.
    :raises Refused: with the reasons.
    :raises RequestDecided: somebody was first.
    """
    rows = DataRequest.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(pk=request_id).first()
    if row is None or not (actor.system or may(actor, Can.SEE, row)):
        raise NoSuchRequest()
    require(actor, can, row)
    if row.state not in OPEN:
        raise RequestDecided()
    return row


def end(
    actor: Actor, row: DataRequest, verb: str, event: Event, facts: dict[str, Any], **changes: Any
) -> Step:
    """Move a request to its end: what was handed in as evidence is erased with it."""
    evidence = row.evidence_id
    step = move(REQUEST, row, verb, ended_at=clock.now(), evidence_id=None, **changes)
    if evidence is not None and not DataRequest.objects.filter(evidence=evidence).exists():
        erase(documents=[evidence])
    # A copy whose request ends otherwise is not made any more.
    waiting = Copy.objects.filter(request=row, finished_at=None)
    waiting.update(finished_at=clock.now(), gone_at=clock.now())
    note_step(actor, event, row, step, facts)
    return step


def note_step(
    actor: Actor, event: Event, row: DataRequest, step: Step, facts: dict[str, Any]
) -> None:
    """Record a step with the states before and after."""
    states = {"before": {"state": step.source}, "after": {"state": step.target}}
    note(actor, event, row, subject_of(row), facts, **states)


def note(
    actor: Actor,
    event: Event,
    row: DataRequest | Restriction | Copy,
    subject: Subject,
    facts: dict[str, Any],
    **states: Any,
) -> None:
    """Record an event about somebody's request, restriction or copy; it is theirs to read too."""
    agency = row.agency if isinstance(row, DataRequest) else ""
    record(actor, event, subject, facts=facts, agency=agency, person=row.person_id, **states)


def subject_of(row: DataRequest | Restriction | Copy, username: str = "") -> Subject:
    """A request is told by its number, what follows from one by the username."""
    if isinstance(row, DataRequest):
        return Subject("privacy_request", str(row.id), row.reference)
    kind = "restriction" if isinstance(row, Restriction) else "privacy_copy"
    return Subject(kind, str(row.id), username)


def tell(row: DataRequest, template: str) -> None:
    """Tell the person how their request stands; the words of the answer are in the mail."""
    values = {"row": row, "kind": KIND_WORDS[row.kind]}
    link = f"{MINE}/{row.id}"
    notify(recipient(row.person), f"privacy/mail/request_{template}.txt", values, link=link)
