"""Requests about one's own data: asked, withdrawn; a restriction lifted by its person."""

from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts.queries import person_by_id
from gapura.accounts.services import lift_hold
from gapura.documents.queries import hashes_of
from gapura.documents.services import receive
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.references import next_reference
from gapura.privacy.errors import BadText, NotRestricted, RequestOpen, UnknownField, WantedMissing
from gapura.privacy.events import requests as events
from gapura.privacy.models import DataRequest, PrivacyRule, Restriction
from gapura.privacy.permissions import Can
from gapura.privacy.rules.requests import (
    ASKED_BY_PERSON,
    KINDS,
    LEAST,
    MOST,
    WANTED_MOST,
    desk_of,
    due_at,
)
from gapura.privacy.services.rows import HOLD, end, note, open_for, subject_of, tell
from gapura.privacy.states.requests import OPEN
from gapura.privacy.topics import ACCESS, CORRECTION, FIELDS, RESTRICTION

_EVIDENCE = "evidence"
Evidence = tuple[str, bytes]


def ask_correction(
    *, actor: Actor, field: str, wanted: str, text: str, evidence: Evidence | None = None
) -> UUID:
    """Ask for wrong data to be put right (art. 6, 30); answers the request's id.

    `wanted` is how it should be, `evidence` name and bytes of a PDF or JPEG. Not inside a
    transaction: the file is examined first.

    :raises FieldProblems: no such field, nothing wanted, too short or too long.
    :raises RequestOpen: one about the same field waits already.
    :raises FileRefused, QuotaReached, GateBusy: see documents.services.receive.
    :raises TooMany: more than ten requests a day.
    """
    wanted, text = wanted.strip(), text.strip()
    problems: dict[str, Problem | str] = {}
    if field not in FIELDS:
        problems["field"] = UnknownField()
    if not 0 < len(wanted) <= WANTED_MOST:
        problems["wanted"] = WantedMissing(most=WANTED_MOST)
    _check_text(text, problems)
    require(actor, Can.ASK)
    document = None
    if evidence is not None:
        document = receive(actor=actor, name=evidence[0], content=evidence[1], purpose=_EVIDENCE)
    row = DataRequest(kind=CORRECTION, field=field, wanted=wanted, text=text)
    return _ask(actor, row, document)


def ask_restriction(*, actor: Actor, text: str) -> UUID:
    """Ask for processing to be paused (art. 11, 41); answers the request's id.

    :raises FieldProblems: too short or too long.
    :raises RequestOpen: one waits already.
    :raises TooMany: more than ten requests a day.
    """
    text = text.strip()
    _check_text(text, {})
    require(actor, Can.ASK)
    return _ask(actor, DataRequest(kind=RESTRICTION, text=text), None)


def begin_access(actor: Actor) -> DataRequest:
    """The request that a copy answers; in the caller's transaction.

    :raises RequestOpen: one waits already.
    """
    row = DataRequest(kind=ACCESS)
    _write(actor, row, None)
    return row


def withdraw_request(*, actor: Actor, request_id: UUID) -> None:
    """The person takes an open request back; its evidence is erased.

    :raises NoSuchRequest: not the actor's.
    :raises RequestDecided: it is answered or withdrawn already.
    """
    with transaction.atomic():
        row = open_for(actor, Can.WITHDRAW, request_id)
        end(actor, row, "withdraw", events.REQUEST_WITHDRAWN, {})


def lift_restriction(*, actor: Actor) -> None:
    """The person ends the pause of processing; from now on all is as before.

    :raises NotRestricted: nothing is restricted.
    """
    with transaction.atomic():
        rows = Restriction.objects.select_for_update().filter(person_id=actor.who, ended_at=None)
        row = rows.first()
        if row is None:
            raise NotRestricted()
        require(actor, Can.LIFT, row)
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        note(actor, events.LIFTED, row, subject_of(row, actor.username), {})
        lift_hold(actor=actor, person_id=actor.who, kind=HOLD, source=str(row.id))


def _check_text(text: str, problems: dict[str, Problem | str]) -> None:
    if not LEAST <= len(text) <= MOST:
        problems["text"] = BadText(given=len(text), least=LEAST, most=MOST)
    if problems:
        raise FieldProblems(problems)


def _ask(actor: Actor, row: DataRequest, document: UUID | None) -> UUID:
    throttle.count(ASKED_BY_PERSON, str(actor.who))
    with transaction.atomic():
        _write(actor, row, document)
        tell(row, "received")
    return row.id


def _write(actor: Actor, row: DataRequest, document: UUID | None) -> None:
    """The row with its clock, its number and its event; one that is open already stays alone."""
    person = person_by_id(actor.who)
    kind, now, day = KINDS[row.kind], clock.now(), clock.today()
    row.person, row.asked_at, row.evidence_id = person, now, document
    row.agency = person.agency
    row.desk = desk_of(row.kind, row.field, row.agency)
    row.zone = actor.grant.zone if actor.grant else clock.JAKARTA
    row.due_at = due_at(now, PrivacyRule.value_at(kind.hours, day))
    row.warn_at = due_at(now, PrivacyRule.value_at(kind.warns, day))
    if document is not None:
        row.digest = hashes_of([document])[document]
    _put(row)
    facts = {"kind": row.kind, "desk": row.desk, "due_at": row.due_at.isoformat()}
    more = {"field": row.field} if row.field else {}
    more |= {"digest": row.digest} if row.digest else {}
    note(actor, events.REQUEST_ASKED, row, subject_of(row), facts | more)


def _put(row: DataRequest) -> None:
    rows = DataRequest.objects.filter(
        person_id=row.person_id, kind=row.kind, field=row.field, state__in=OPEN
    )
    waits = rows.first()
    if waits is not None:
        raise RequestOpen(reference=waits.reference)
    try:
        with transaction.atomic():
            row.reference = next_reference("PDP")
            row.save(force_insert=True)
    except IntegrityError as error:
        raise RequestOpen(reference=rows.get().reference) from error
