"""Identity documents: sent in and withdrawn by their owner, taken and given back by a checker."""

from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.choices import DOCUMENTS
from gapura.accounts.errors import (
    CaseClaimed,
    CaseDecided,
    DocumentUnknown,
    DocumentWaits,
    NoDocumentNeeded,
    NoSuchCase,
)
from gapura.accounts.models import AccountRule, IdentityCase, Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck, person_by_id
from gapura.accounts.queries.cases import needs_document, visible_case
from gapura.accounts.rules.cases import (
    SENT_BY_PERSON,
    due_at,
    level_of,
)
from gapura.accounts.services.case_ends import end_case
from gapura.accounts.services.identity import submit_identity, take_back_identity
from gapura.accounts.services.rows import locked, record
from gapura.accounts.states import CASE, IDENTITY_PENDING, OPEN_CASE, VERIFIED
from gapura.audit.events import Event
from gapura.documents.queries import hashes_of
from gapura.documents.services import erase, receive
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.claims import CLAIM_MINUTES, claim_is_free
from gapura.kernel.moves import move
from gapura.kernel.permissions import Refused, decide, require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.states import Step

_FREE = {"claimed_by_id": None, "claimed_at": None}
PURPOSE = "identity"


def send_document(*, actor: Actor, kind: str, name: str, content: bytes) -> UUID:
    """The person sends a scan of an identity document; answers the id of the case.

    The identity is handed in by it. Nothing is kept of a file that leads to no case. Not inside a
    transaction: the file is examined first.

    :raises FieldProblems: no known kind of document.
    :raises NoDocumentNeeded: the registry's word is enough, or the identity is verified.
    :raises DocumentWaits: one is being checked already.
    :raises FileRefused, QuotaReached, GateBusy: see documents.services.receive.
    :raises TooMany: more than five a day.
    """
    if kind not in DOCUMENTS:
        raise FieldProblems({"kind": DocumentUnknown()})
    person = person_by_id(actor.who)
    require(actor, Can.SEND_DOCUMENT, IdentityCheck(person))
    _demand_need(person)
    throttle.count(SENT_BY_PERSON, str(actor.who))
    document = receive(actor=actor, name=name, content=content, purpose=PURPOSE)
    try:
        return _open(actor, kind, document)
    except Problem:
        # A doubled click has the same document, which then belongs to the first one's case.
        if not IdentityCase.objects.filter(document=document).exists():
            erase(documents=[document])
        raise


def _demand_need(person: Person) -> None:
    if IdentityCase.objects.filter(person=person, state__in=OPEN_CASE).exists():
        raise DocumentWaits()
    if not needs_document(person.id, person.state):
        raise NoDocumentNeeded()


def _open(actor: Actor, kind: str, document: UUID) -> UUID:
    with transaction.atomic():
        person = locked(actor.who)
        require(actor, Can.SEND_DOCUMENT, IdentityCheck(person))
        _demand_need(person)
        # Who is verified stays so while a document is compared anew: the roles work on.
        if person.state not in (IDENTITY_PENDING, VERIFIED):
            person = submit_identity(actor=actor, person_id=person.id)
        now = clock.now()
        hours = AccountRule.value_at("identity_deadline_hours", clock.today())
        row = IdentityCase.objects.create(
            person=person,
            kind=kind,
            document_id=document,
            sha256=hashes_of([document])[document],
            level=level_of(person.kind, person.agency),
            agency=person.agency,
            sent_at=now,
            due_at=due_at(now, hours),
        )
        facts = {"document": kind, "digest": row.sha256, "level": row.level}
        due = {"due_at": row.due_at.isoformat()}
        record(actor, events.CASE_SENT, person, facts=facts | due, agency=row.agency)
        return row.id


def withdraw_document(*, actor: Actor) -> None:
    """The person takes the document back; it is erased, and the data may be corrected again.

    :raises NoSuchCase: none is waiting.
    """
    with transaction.atomic():
        person = locked(actor.who)
        rows = IdentityCase.objects.select_for_update().filter(person=person, state__in=OPEN_CASE)
        row = rows.first()
        if row is None:
            raise NoSuchCase()
        row.person = person
        require(actor, Can.WITHDRAW_CASE, row)
        end_case(actor, row, "withdraw", events.CASE_WITHDRAWN, {})
        if person.state != VERIFIED:
            take_back_identity(actor=actor, person_id=person.id)


def open_for(actor: Actor, can: Can, case_id: UUID) -> IdentityCase:
    """The locked case with its locked person, once the actor may do this to it now.

    :raises NoSuchCase: not there, or not for this actor.
    :raises Refused: with the reasons.
    :raises CaseDecided: somebody was first.
    :raises CaseClaimed: naming who checks it now.
    """
    owner = IdentityCase.objects.filter(pk=case_id).values_list("person_id", flat=True).first()
    if owner is None:
        raise NoSuchCase()
    person = locked(owner)
    row = visible_case(actor, case_id, lock=True)
    row.person = person
    verdict = decide(actor, can, row)
    if not {c.name for c in verdict.missing} <= {"holds_the_claim"}:
        raise Refused(verdict)
    if row.state not in OPEN_CASE:
        raise CaseDecided()
    if not verdict:
        _refuse_if_claimed(row)
        raise Refused(verdict)
    return row


def _refuse_if_claimed(row: IdentityCase) -> None:
    free = claim_is_free(row.claimed_by_id, row.claimed_at, clock.now())
    if row.claimed_by is not None and not free:
        raise CaseClaimed(name=row.claimed_by.name, minutes=CLAIM_MINUTES)


def claim_case(*, actor: Actor, case_id: UUID) -> None:
    """Take a document to compare it. A claim lasts CLAIM_MINUTES; then others may take it over.

    Claiming again what one holds renews the claim.

    :raises NoSuchCase, Refused, CaseDecided: see open_for.
    :raises CaseClaimed: somebody took it less than CLAIM_MINUTES ago.
    """
    with transaction.atomic():
        row = open_for(actor, Can.CLAIM_CASE, case_id)
        renewed = row.claimed_by_id == actor.person
        if not renewed:
            _refuse_if_claimed(row)
        step = move(CASE, row, "claim", claimed_by_id=actor.who, claimed_at=clock.now())
        if not renewed:
            note(actor, events.CASE_CLAIMED, row, step)


def release_case(*, actor: Actor, case_id: UUID) -> None:
    """Give a claimed document back to the queue. The deadline stays.

    :raises NoSuchCase, Refused, CaseDecided, CaseClaimed: see open_for.
    """
    with transaction.atomic():
        row = open_for(actor, Can.RELEASE_CASE, case_id)
        step = move(CASE, row, "release", **_FREE)
        note(actor, events.CASE_RELEASED, row, step)


def note(actor: Actor, event: Event, row: IdentityCase, step: Step) -> None:
    """Record a step of a document with its states before and after."""
    states = {"before": {"state": step.source}, "after": {"state": step.target}}
    record(actor, event, row.person, agency=row.agency, **states)
