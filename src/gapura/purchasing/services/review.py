"""The commitment officer's part: review, the order letter, and its signature."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import note_problem, tidy_note
from gapura.authentication.services import Deed
from gapura.catalog.services import release_stock
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems
from gapura.kernel.references import next_reference
from gapura.purchasing import events
from gapura.purchasing.errors import WrongText
from gapura.purchasing.models import Clause, Order
from gapura.purchasing.permissions import Can
from gapura.purchasing.reasons import REVIEW_REASONS
from gapura.purchasing.rules import LEAST_TEXT, LONGEST_CLAUSE, MOST_CLAUSES
from gapura.purchasing.services.holding import hold_when_approved
from gapura.purchasing.services.lines import check_company, check_live, lines_of
from gapura.purchasing.services.papers import order_letter, signing_name
from gapura.purchasing.services.signing import keep, latest, next_version, sign_paper
from gapura.purchasing.services.steps import checked_reason, deadline, held, take

SIGN = "purchasing.order.sign"


def approve_order(*, actor: Actor, order: UUID, clauses: Sequence[str] = ()) -> None:
    """Give the order its number and its letter (SP) with special clauses; then it is signed.

    Call it outside a transaction: the letter is made while no row is locked. A number that was
    given stays with the order when the letter could not be made.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, not this PPK's, over.
    :raises FieldProblems: clauses: more than 20, or one shorter than 5 or longer than 600 letters.
    :raises ProductGone, CompanyNotActive: what was ordered cannot be had any more.
    :raises StockGone, NotForSale, TooManyHeld: its goods were not reserved when it was sent.
    """
    told = checked_clauses(clauses)
    row = _numbered(actor, order)
    lines = lines_of(row)
    made = order_letter(row, lines, told, ppk=signing_name(actor))
    with transaction.atomic():
        row = held(actor, Can.APPROVE, order, "approve")
        check_company(row)
        check_live(lines)
        hold_when_approved(row, lines)
        Clause.objects.bulk_create(
            Clause(order=row, number=number, text=text) for number, text in enumerate(told, start=1)
        )
        keep(actor, row, "sp", next_version(row, "sp"), made)
        row.ppk_id = actor.who
        take(
            actor,
            row,
            "approve",
            events.APPROVED,
            facts={"total": str(row.total), "digest": made.sha256},
            ppk_id=actor.who,
            approved_at=clock.now(),
            due_at=deadline(row, "signing_days"),
        )


def _numbered(actor: Actor, order: UUID) -> Order:
    with transaction.atomic():
        row = held(actor, Can.APPROVE, order, "approve")
        if not row.reference:
            row.reference = next_reference("SP")
            row.save(update_fields=["reference"])
        return row


def checked_clauses(clauses: Sequence[str]) -> list[str]:
    """The clauses without margins and empty ones.

    :raises FieldProblems: clauses: too many, too short, too long or with letters nobody sees.
    """
    told = [tidy_note(clause) for clause in clauses if clause.strip()]
    fits = len(told) <= MOST_CLAUSES and all(len(one) >= LEAST_TEXT for one in told)
    if not fits:
        raise FieldProblems({"clauses": WrongText(least=LEAST_TEXT, most=LONGEST_CLAUSE)})
    for one in told:
        if problem := note_problem(one, LONGEST_CLAUSE):
            raise FieldProblems({"clauses": problem})
    return told


def reject_order(*, actor: Actor, order: UUID, reason_code: str, note: str = "") -> None:
    """Send an order back for good; its goods are free again.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, not this PPK's, over.
    :raises FieldProblems: no reason of REVIEW_REASONS; `other` without a note.
    """
    note = checked_reason(reason_code, note, REVIEW_REASONS)
    with transaction.atomic():
        row = held(actor, Can.REJECT, order, "reject")
        release_stock(order=row.id)
        take(
            actor,
            row,
            "reject",
            events.REJECTED,
            note=note,
            reason_code=reason_code,
            due_at=None,
            ended_at=clock.now(),
        )


def sign_order(*, actor: Actor, order: UUID, deed: Deed) -> None:
    """Sign the order letter with a confirmed deed (`purchasing.order.sign`); it goes out.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, another PPK's, over.
    :raises DeedMismatch, DeedUsed, DeedOver: see `authentication.services.use_deed`.
    :raises ProductGone, CompanyNotActive: what was ordered cannot be had any more.
    """
    with transaction.atomic():
        row = held(actor, Can.SIGN, order, "sign")
        check_company(row)
        check_live(lines_of(row))
        facts = sign_paper(actor, latest(row, "sp"), deed, SIGN)
        take(
            actor,
            row,
            "sign",
            events.SIGNED,
            facts=facts,
            sent_at=clock.now(),
            due_at=deadline(row, "response_days"),
        )


def reject_signing(*, actor: Actor, order: UUID, reason_code: str, note: str = "") -> None:
    """Do not sign; the order ends and its goods are free again. Any PPK of the unit may.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, no PPK of the unit, over.
    :raises FieldProblems: no reason of REVIEW_REASONS; `other` without a note.
    """
    note = checked_reason(reason_code, note, REVIEW_REASONS)
    with transaction.atomic():
        row = held(actor, Can.REJECT_SIGNING, order, "reject_signing")
        release_stock(order=row.id)
        take(
            actor,
            row,
            "reject_signing",
            events.SIGNING_REJECTED,
            note=note,
            reason_code=reason_code,
            due_at=None,
            ended_at=clock.now(),
        )
