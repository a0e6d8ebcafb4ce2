"""Answering requests: taken on, fulfilled, refused; each within the hours of the law."""

from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import person_by_id
from gapura.accounts.services import place_hold, require_reverification
from gapura.audit.events import Event
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import move
from gapura.kernel.problems import FieldProblems
from gapura.privacy.errors import BadText
from gapura.privacy.events import requests as events
from gapura.privacy.models import DataRequest, Restriction
from gapura.privacy.permissions import Can
from gapura.privacy.rules.requests import IDENTITY_FIELDS, LEAST, MOST, hours_between
from gapura.privacy.services.rows import HOLD, end, note, note_step, open_for, subject_of, tell
from gapura.privacy.states.requests import REQUEST
from gapura.privacy.topics import CORRECTION, RESTRICTION

_VERIFIED = "verified"


def take_request(*, actor: Actor, request_id: UUID) -> None:
    """Say that one answers it; others see who. The clock goes on.

    :raises NoSuchRequest, Refused, RequestDecided: see rows.open_for.
    :raises NoSuchMove: somebody has taken it on already.
    """
    with transaction.atomic():
        row = open_for(actor, Can.TAKE, request_id)
        step = move(REQUEST, row, "take", taken_by_id=actor.who, taken_at=clock.now())
        note_step(actor, events.REQUEST_TAKEN, row, step, {})


def fulfill_request(*, actor: Actor, request_id: UUID, answer: str) -> None:
    """Do what was asked and say so; `answer` goes to the person.

    A restriction begins. A correction of name, NIK or NIP opens the verified identity, so that the
    person enters what is right and it is checked again: nobody else writes into an identity. Any
    other correction has been made by whoever keeps that data before this.

    :raises NoSuchRequest, Refused, RequestDecided: see rows.open_for.
    :raises FieldProblems: an answer of fewer than 10 or more than 2,000 characters.
    """
    answer = _sound(answer)
    with transaction.atomic():
        row = open_for(actor, Can.FULFILL, request_id)
        _decide(actor, row, "fulfill", events.REQUEST_FULFILLED, answer)
        if row.kind == RESTRICTION:
            _restrict(actor, row)
        if row.kind == CORRECTION and row.field in IDENTITY_FIELDS:
            _open_identity(row)
        tell(row, "fulfilled")


def refuse_request(*, actor: Actor, request_id: UUID, answer: str) -> None:
    """Say why not, and by which law; `answer` goes to the person with the way to object.

    :raises NoSuchRequest, Refused, RequestDecided: see rows.open_for.
    :raises FieldProblems: an answer of fewer than 10 or more than 2,000 characters.
    """
    answer = _sound(answer)
    with transaction.atomic():
        row = open_for(actor, Can.REFUSE, request_id)
        _decide(actor, row, "refuse", events.REQUEST_REFUSED, answer)
        tell(row, "refused")


def _decide(actor: Actor, row: DataRequest, verb: str, event: Event, answer: str) -> None:
    facts = {"kind": row.kind, "hours": hours_between(row.asked_at, clock.now())}
    end(actor, row, verb, event, facts, answer=answer, decided_by_id=actor.person)


def _restrict(actor: Actor, row: DataRequest) -> None:
    """A person has one restriction at most; asked for again, it goes on."""
    kept, new = Restriction.objects.get_or_create(
        person_id=row.person_id, ended_at=None, defaults={"request": row, "since": clock.now()}
    )
    if new:
        subject = subject_of(kept, row.person.username)
        note(actor, events.RESTRICTED, kept, subject, {"reference": row.reference})
        place_hold(actor=actor, person_id=row.person_id, kind=HOLD, source=str(kept.id))


def _open_identity(row: DataRequest) -> None:
    if person_by_id(row.person_id).state == _VERIFIED:
        require_reverification(
            actor=system_actor("privacy"), person_id=row.person_id, reason=row.reference
        )


def _sound(answer: str) -> str:
    answer = answer.strip()
    if not LEAST <= len(answer) <= MOST:
        raise FieldProblems({"answer": BadText(given=len(answer), least=LEAST, most=MOST)})
    return answer
