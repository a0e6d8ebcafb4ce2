"""Claims labels of a product, and decides claims."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.catalog import errors, events
from gapura.catalog.models import Claim, Product
from gapura.catalog.permissions import Can
from gapura.catalog.rules import CERTIFIED, DOMESTIC, LONGEST_NUMBER, PERCENT
from gapura.catalog.services.loading import load, newest, require_active, tell
from gapura.catalog.services.notes import checked_note
from gapura.catalog.services.notices import tell_company
from gapura.catalog.states import CLAIM, TAKEN_DOWN
from gapura.catalog.texts import line_problem, tidy_line
from gapura.catalog.words import CLAIM_REASONS, CLAIMABLE, LABELS
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.problems import FieldProblems, Problem

_LETTER = "letter"


def claim_label(
    *,
    actor: Actor,
    product: UUID,
    kind: str,
    value: Decimal | None = None,
    number: str = "",
    valid_to: date | None = None,
    evidence: UUID | None = None,
) -> UUID:
    """Say that a product has a label (words.CLAIMABLE); a curator verifies it before it shows.

    `value` in percent for tkdn and bmp; `number`, `valid_to` (last day) and `evidence` (a document
    of the actor's, purpose letter) for tkdn, bmp and sni. Answers the claim's id.

    :raises NoSuchProduct: for another company's.
    :raises FieldProblems: kind, value, number, valid_to, evidence.
    :raises ClaimedAlready: when the same label waits for the curator.
    """
    with transaction.atomic():
        row = load(actor, product, Can.CLAIM)
        require_active(row.company_id)
        if row.state == TAKEN_DOWN:
            raise errors.ProductTakenDown()
        claim = Claim(product=row, kind=kind, number=tidy_line(number), valid_to=valid_to)
        claim.value, claim.evidence_id = value, evidence
        claim.claimed_by, claim.claimed_at = actor.person, clock.now()
        _check(actor, row, claim)
        _insert(claim)
        facts: dict[str, object] = {"label": kind, "value": claim.value, "valid_to": claim.valid_to}
        given = {name: fact for name, fact in facts.items() if fact is not None}
        tell(actor, events.CLAIM_MADE, row, **given)
    return claim.id


def _insert(claim: Claim) -> None:
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError as error:
        raise errors.ClaimedAlready() from error


def _check(actor: Actor, row: Product, claim: Claim) -> None:
    """What a kind does not have is emptied; what it needs must hold.

    :raises FieldProblems: what is wrong.
    """
    if claim.kind not in CLAIMABLE:
        raise FieldProblems({"kind": errors.NoSuchCode()})
    found: dict[str, Problem | None] = {}
    if claim.kind in DOMESTIC and newest(row).origin != "local":
        found["kind"] = errors.OnlyDomestic()
    if claim.kind in PERCENT:
        found["value"] = _percent_problem(claim.value, PERCENT[claim.kind])
    else:
        claim.value = None
    if claim.kind in CERTIFIED:
        found["number"] = _number_problem(claim.number)
        past = claim.valid_to is None or claim.valid_to < clock.today()
        found["valid_to"] = errors.DayNeeded() if past else None
        found["evidence"] = _evidence_problem(actor, claim.evidence_id)
    else:
        claim.number, claim.valid_to, claim.evidence = "", None, None
    problems = {field: problem for field, problem in found.items() if problem is not None}
    if problems:
        raise FieldProblems(problems)


def _percent_problem(value: Decimal | None, most: Decimal) -> Problem | None:
    sane = value is not None and value.is_finite() and 0 < value <= most
    if not sane or value != value.quantize(Decimal("0.01")):  # type: ignore[union-attr]
        return errors.WrongPercent(most=most)
    return None


def _number_problem(number: str) -> Problem | None:
    return line_problem(number, LONGEST_NUMBER) if number else errors.NumberNeeded()


def _evidence_problem(actor: Actor, evidence: UUID | None) -> Problem | None:
    """A letter that the actor handed in: another's document cannot be made readable this way."""
    if evidence is None:
        return errors.EvidenceNeeded()
    try:
        found = get_document(evidence)
    except NoSuchDocument:
        return errors.EvidenceNeeded()
    own = found.uploaded_by == actor.person and found.purpose == _LETTER
    return None if own else errors.EvidenceNeeded()


def decide_claim(
    *, actor: Actor, claim: UUID, verified: bool, reason: str = "", note: str = ""
) -> None:
    """Confirm a label or not; `reason` of words.CLAIM_REASONS and a note when not.

    :raises NoSuchClaim: when the curator cannot see it.
    :raises Refused: without the role or strength, or for a company of the curator's own.
    :raises NoSuchMove: when it was decided already.
    :raises FieldProblems: reason, note.
    """
    with transaction.atomic():
        found, row = _load_claim(actor, claim, Can.VERIFY_CLAIM if verified else Can.REJECT_CLAIM)
        decided = {"decided_by": actor.person, "decided_at": clock.now()}
        if verified:
            move(CLAIM, found, "verify", **decided)
            event = tell(actor, events.CLAIM_VERIFIED, row, label=found.kind)
            tell_company(row, "label_verified", event, label=LABELS[found.kind])
            return
        note = checked_note(note, reason, CLAIM_REASONS)
        move(CLAIM, found, "reject_claim", reason=reason, note=note, **decided)
        event = tell(actor, events.CLAIM_REJECTED, row, label=found.kind, reason=reason, note=note)
        told = {"label": LABELS[found.kind], "reason": CLAIM_REASONS[reason], "note": note}
        tell_company(row, "label_rejected", event, **told)


def _load_claim(actor: Actor, claim: UUID, permission: Can) -> tuple[Claim, Product]:
    """The claim and its product, locked product first as everywhere."""
    product = Claim.objects.filter(pk=claim).values_list("product_id", flat=True).first()
    if product is None:
        raise errors.NoSuchClaim()
    try:
        row = load(actor, product, permission)
    except errors.NoSuchProduct as error:
        raise errors.NoSuchClaim() from error
    return Claim.objects.select_for_update().get(pk=claim), row
