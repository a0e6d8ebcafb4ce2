"""Asking the civil registry who somebody is, and writing down what proves an identity."""

from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.choices import DOCUMENT, MATCHES, REGISTRY, UNAVAILABLE
from gapura.accounts.errors import DocumentNotCompared, NikDate
from gapura.accounts.models import IdentityProof, Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries import (
    IdentityCheck,
    ProofView,
    born,
    people_to_ask_about,
    person_by_id,
    recipient,
    registry_proof,
)
from gapura.accounts.rules.proofs import ASKED_BY_PERSON, outcome_of
from gapura.accounts.services.rows import locked, record
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.notifications.services import notify
from gapura.outside.errors import AuthorityDown
from gapura.outside.services import About, IdentityAnswer
from gapura.outside.services import check_identity as ask_registry

BATCH = 200


def check_identity(*, actor: Actor, person: UUID) -> ProofView:
    """Ask the registry about a person's present data, unless it has confirmed them already.

    Call it outside any transaction. A registry that is down, or not connected, gives the outcome
    `unavailable`, and a job asks again; it never takes back what the registry said before. What was
    corrected while the registry was thinking is not proven by its answer.

    :raises Refused: somebody else's account.
    :raises TooMany: more than three questions an hour by the person; one without an answer does not
        count.
    """
    row = person_by_id(person)
    require(actor, Can.CHECK_IDENTITY, IdentityCheck(row))
    known = registry_proof(person)
    if known.confirmed:
        return known
    if not actor.system:
        throttle.count(ASKED_BY_PERSON, str(person))
    birth = born(row)
    if birth is None:
        raise NikDate()
    try:
        answer = ask_registry(
            subject=About("person", str(person)), nik=row.nik, name=row.name, birth_date=birth
        )
    except AuthorityDown:
        answer = None
        if not actor.system:
            throttle.give_back(ASKED_BY_PERSON, str(person))
    return _keep(actor, row, answer)


def check_waiting(*, actor: Actor) -> int:
    """Ask about everybody the registry owes an answer, until it fails; answers how many it gave.

    At most 200 at a time.
    """
    answered = 0
    for person in people_to_ask_about(BATCH):
        if check_identity(actor=actor, person=person).outcome == UNAVAILABLE:
            break
        answered += 1
    return answered


def ask_soon(person: Person) -> None:
    """What was proven of the former data counts no more; the registry is asked after the commit."""
    supersede(person)
    enqueue("accounts.check_identity", person=str(person.id))


def supersede(person: Person, *sources: str) -> None:
    """End the valid rows of a person, of some sources or of all."""
    rows = IdentityProof.objects.filter(person=person, superseded_at__isnull=True)
    rows = rows.filter(source__in=sources) if sources else rows
    rows.update(superseded_at=clock.now())


def prove_by_document(actor: Actor, person: Person, compared: bool, agency: str) -> None:
    """Let a verification pass: by the registry's word, else by a document that was compared.

    :raises DocumentNotCompared: by neither.
    """
    known = registry_proof(person.id)
    if known.confirmed:
        return
    if not compared:
        raise DocumentNotCompared()
    note_document(actor, person)
    facts = {"registry": known.outcome}
    record(actor, events.DOCUMENT_COMPARED, person, facts=facts, agency=agency)


def note_document(actor: Actor, person: Person, sha256: str = "") -> None:
    """Write down that this actor found the document to match; `sha256` is the scan's, if any."""
    supersede(person, DOCUMENT)
    IdentityProof.objects.create(
        person=person,
        source=DOCUMENT,
        outcome=MATCHES,
        result_hash=sha256,
        by=actor.person,
        checked_at=clock.now(),
    )


def _keep(actor: Actor, asked: Person, answer: IdentityAnswer | None) -> ProofView:
    """Write the answer down, if it is still about the person's data."""
    with transaction.atomic():
        person = locked(asked.id)
        known = registry_proof(person.id)
        same = (person.nik, person.name) == (asked.nik, asked.name)
        silent_again = answer is None and known.checked_at is not None
        if not same or known.confirmed or silent_again:
            return known
        supersede(person, REGISTRY)
        row = proof_row(person, answer)
        facts = {
            "outcome": row.outcome,
            "fields": row.fields,
            "reference": row.reference,
            "result_hash": row.result_hash,
        }
        record(actor, events.IDENTITY_CHECKED, person, facts=facts)
        if row.outcome not in (MATCHES, UNAVAILABLE) and row.outcome != known.outcome:
            template = "accounts/mail/identity_differs.txt"
            notify(recipient(person), template, {"outcome": row.outcome}, link="/account/identity")
    return registry_proof(person.id)


def proof_row(person: Person, answer: IdentityAnswer | None) -> IdentityProof:
    """Write down what the registry said; what it said before is superseded by the caller."""
    told = {} if answer is None else answer.fields
    return IdentityProof.objects.create(
        person=person,
        source=REGISTRY,
        outcome=UNAVAILABLE if answer is None else outcome_of(answer.found, told),
        fields=told,
        result_hash="" if answer is None else answer.proof.result_hash,
        reference="" if answer is None else answer.proof.reference,
        checked_at=clock.now() if answer is None else answer.proof.asked_at,
    )
