"""The treasurer's part: one payment per order, of its whole total, with its evidence."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts.queries import free_text_problem
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import get_document
from gapura.documents.services import receive as receive_file
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.money import Rupiah
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.purchasing import events
from gapura.purchasing.errors import (
    AlreadyPaid,
    ChannelTooSmall,
    EvidenceUsed,
    NoSuchEvidence,
    WrongChoice,
    WrongDay,
    WrongText,
)
from gapura.purchasing.models import Order, Payment, PurchasingRule
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.facts import facts_of, visible
from gapura.purchasing.reasons import CHANNELS
from gapura.purchasing.services.steps import checked_note, grant_of, held, take
from gapura.purchasing.states import OUTSIDE

_PURPOSE = "evidence"
_PETTY = ("up", "kkp")
_OUTSIDE = "outside"
_LEAST, _MOST = 3, 100
_ONE_PAPER = "one_payment_an_evidence"


def attach_evidence(*, actor: Actor, order: UUID, name: str, content: bytes) -> UUID:
    """Take in the paper that proves a payment; answers the document's id for `pay`.

    Call it outside a transaction, as `documents.services.receive`.

    :raises NoSuchOrder, Refused: not visible, not for this treasurer to pay (now).
    :raises FileRefused, QuotaReached, GateBusy, TooMany: as `documents.services.receive`.
    """
    row = visible(actor, order)
    can = Can.CONFIRM_PAYMENT if row.state == OUTSIDE else Can.PAY
    require(actor, can, facts_of(row))
    return receive_file(actor=actor, name=name, content=content, purpose=_PURPOSE)


def pay(
    *, actor: Actor, order: UUID, channel: str, evidence: UUID, paid_on: date, reference: str
) -> None:
    """Note that the whole total was paid; the order is completed.

    `channel` is up, ls or kkp; `reference` the number of the payment at treasury or bank.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not handed over, no treasurer of the
        unit, paid already.
    :raises FieldProblems: channel, evidence, paid_on, reference.
    :raises AlreadyPaid: somebody paid it at the same moment.
    """
    with transaction.atomic():
        row = held(actor, Can.PAY, order, "pay")
        if channel == _OUTSIDE:
            raise FieldProblems({"channel": WrongChoice()})
        facts = _pay(actor, row, channel, evidence, paid_on, reference)
        take(actor, row, "pay", events.PAID, facts=facts, ended_at=clock.now())


def pay_outside(*, actor: Actor, order: UUID, note: str = "") -> None:
    """Note that the order is paid outside this system; the proof follows.

    :raises NoSuchOrder, Refused, NoSuchMove: as `pay`.
    :raises FieldProblems: note too long.
    """
    note = checked_note(note)
    with transaction.atomic():
        row = held(actor, Can.PAY_OUTSIDE, order, "pay_outside")
        take(actor, row, "pay_outside", events.PAYMENT_MOVED, note=note)


def confirm_payment(
    *, actor: Actor, order: UUID, evidence: UUID, paid_on: date, reference: str
) -> None:
    """Bring the proof of a payment outside this system; the order is completed.

    :raises NoSuchOrder, Refused, NoSuchMove: as `pay`.
    :raises FieldProblems: evidence, paid_on, reference.
    """
    with transaction.atomic():
        row = held(actor, Can.CONFIRM_PAYMENT, order, "confirm_payment")
        facts = _pay(actor, row, _OUTSIDE, evidence, paid_on, reference)
        take(
            actor,
            row,
            "confirm_payment",
            events.PAYMENT_CONFIRMED,
            facts=facts,
            ended_at=clock.now(),
        )


def _pay(
    actor: Actor, row: Order, channel: str, evidence: UUID, paid_on: date, reference: str
) -> dict[str, str]:
    """Write the one payment of an order; answers its facts for the record.

    :raises FieldProblems: evidence: its bytes prove another payment (EvidenceUsed).
    """
    reference = " ".join(reference.split())
    _check(actor, row, channel, evidence, paid_on, reference)
    try:
        with transaction.atomic():
            paid = Payment.objects.create(
                order=row,
                channel=channel,
                amount=row.total,
                paid_on=paid_on,
                paper=reference,
                evidence_id=evidence,
                evidence_sha256=get_document(evidence).sha256,
                person_id=actor.who,
                grant=grant_of(actor).id,
                at=clock.now(),
            )
    except IntegrityError as error:
        if _ONE_PAPER in str(error):
            raise FieldProblems({"evidence": EvidenceUsed()}) from error
        raise AlreadyPaid() from error
    return payment_facts(paid)


def payment_facts(paid: Payment) -> dict[str, str]:
    """What the entry of a payment tells."""
    return {
        "amount": str(paid.amount),
        "channel": paid.channel,
        "paid_on": paid.paid_on.isoformat(),
        "paper": paid.paper,
        "document": str(paid.evidence_id),
        "digest": paid.evidence_sha256,
    }


def _check(
    actor: Actor, row: Order, channel: str, evidence: UUID, paid_on: date, reference: str
) -> None:
    handed_over = row.delivery.handed_over_at or clock.now()
    first, today = clock.legal_day(handed_over, row.zone), clock.today(row.zone)
    found: dict[str, Problem | None] = {
        "channel": _channel_problem(row, channel),
        "evidence": _evidence_problem(actor, evidence),
        "paid_on": None if first <= paid_on <= today else WrongDay(),
        "reference": _reference_problem(reference),
    }
    problems = {field: problem for field, problem in found.items() if problem is not None}
    if problems:
        raise FieldProblems(problems)


def _channel_problem(row: Order, channel: str) -> Problem | None:
    if channel not in CHANNELS:
        return WrongChoice()
    rule = PurchasingRule.row_at("petty_cash_below", clock.today(row.zone))
    if channel in _PETTY and rule is not None and row.total >= rule.value:
        return ChannelTooSmall(most=str(Rupiah(Decimal(rule.value))), basis=rule.basis)
    return None


def _evidence_problem(actor: Actor, evidence: UUID) -> Problem | None:
    try:
        paper = get_document(evidence)
    except NoSuchDocument:
        return NoSuchEvidence()
    own = paper.uploaded_by == actor.who and paper.purpose == _PURPOSE
    return None if own else NoSuchEvidence()


def _reference_problem(reference: str) -> Problem | None:
    if not _LEAST <= len(reference) <= _MOST:
        return WrongText(least=_LEAST, most=_MOST)
    return free_text_problem(reference, _MOST)
