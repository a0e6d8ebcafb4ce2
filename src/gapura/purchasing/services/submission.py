"""Sending a draft on at listed prices, and what has to hold for an order to begin."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.money import Rupiah
from gapura.kernel.problems import FieldProblems
from gapura.purchasing import events
from gapura.purchasing.errors import (
    AboveCeiling,
    BelowCeiling,
    DraftChanged,
    OverBudget,
    SplittingUnexplained,
    WrongDay,
)
from gapura.purchasing.models import Order, OrderLine
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.pricing import ceiling_at
from gapura.purchasing.queries.splitting import SplitView, splits_around
from gapura.purchasing.rules import LEAST_REASON, OFFICER, makes_order
from gapura.purchasing.services.holding import hold_when_sent
from gapura.purchasing.services.lines import check_company, check_live, check_unchanged, lines_of
from gapura.purchasing.services.steps import checked_note, deadline, held, take, write_down


def submit_order(*, actor: Actor, order: UUID, seen: datetime, split_reason: str = "") -> None:
    """Send a draft to the commitment officer at listed prices; its goods are reserved.

    `seen` is when the draft had last changed as the person read it (`OrderView.changed_at`):
    nobody sends what he has not read. `split_reason` is asked for when the order looks like a part
    of a larger need; it is kept with the order.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not of this office, no draft any more.
    :raises DraftChanged: it changed since `seen`.
    :raises AboveCeiling, BelowCeiling: the other office makes an order of this total (with tax).
    :raises OverBudget: more than the budget line has.
    :raises PriceChanged: since the draft; `refresh_order` takes over what is valid now.
    :raises ProductGone, StockGone, NotForSale: the catalog has not got it (any more).
    :raises TooManyHeld: too many of the unit's waiting orders hold the same product.
    :raises FieldProblems: split_reason: it is needed and missing (SplittingUnexplained).
    :raises CompanyNotActive: the company may not take orders today.
    """
    with transaction.atomic():
        row = held(actor, Can.SUBMIT, order, "submit")
        check_seen(row, seen)
        lines = lines_of(row)
        check_start(row, lines)
        check_budget(row)
        told = explain(actor, row, split_reason)
        hold_when_sent(actor, row, lines)
        take(
            actor,
            row,
            "submit",
            events.SUBMITTED,
            facts={"total": str(row.total)},
            method="direct",
            split_reason=told,
            submitted_at=clock.now(),
            due_at=deadline(row, "review_days"),
        )


def check_seen(row: Order, seen: datetime) -> None:
    """The draft is as the person read it.

    :raises DraftChanged: a colleague, or another window, changed it meanwhile.
    """
    if row.changed_at != seen:
        raise DraftChanged()


def check_start(row: Order, lines: list[OrderLine]) -> None:
    """What has to hold when an order leaves the buyer's desk.

    :raises CompanyNotActive, ProductGone, PriceChanged, AboveCeiling, BelowCeiling: see above.
    :raises FieldProblems: the day of delivery has passed meanwhile.
    """
    check_company(row)
    check_unchanged(lines, check_live(lines))
    check_office(row)
    if row.deliver_by <= clock.today(row.zone):
        raise FieldProblems({"deliver_by": WrongDay()})


def check_office(row: Order) -> None:
    """The office that drafted it makes orders of this total, at listed prices and with tax.

    :raises AboveCeiling: a PP's order above the ceiling of region and day.
    :raises BelowCeiling: a PPK's order that two officers share.
    """
    ceiling, basis = ceiling_at(row.region, clock.today(row.zone))
    if makes_order(row.total, ceiling) == row.buyer_role:
        return
    problem = AboveCeiling if row.buyer_role == OFFICER else BelowCeiling
    raise problem(total=str(Rupiah(row.total)), ceiling=str(Rupiah(ceiling)), basis=basis)


def check_budget(row: Order) -> None:
    """The budget line has enough.

    :raises OverBudget: it has not.
    """
    if row.total > row.budget:
        raise OverBudget(total=str(Rupiah(row.total)), budget=str(Rupiah(row.budget)))


def explain(actor: Actor, row: Order, reason: str) -> str:
    """Record why an order that looks like a part of a larger need is none; answers the reason.

    Empty for an order that does not. It does not block: whoever sends it answers for the reason,
    and the agency's auditor reads it.

    :raises FieldProblems: split_reason: missing or too short (SplittingUnexplained), or wrong.
    """
    found = splits_around(row.id)
    if not found:
        return ""
    worst = max(found, key=lambda each: each.total)
    facts = {"total": str(worst.total), "ceiling": str(worst.ceiling), "days": worst.days}
    told = checked_note(reason, field="split_reason")
    if len(told) < LEAST_REASON:
        raise FieldProblems({"split_reason": _unexplained(worst)})
    others = [str(each.id) for each in worst.orders if each.id != row.id]
    more = {"orders": others, "reason": told}
    write_down(actor, row, events.SPLITTING_EXPLAINED, {**facts, **more})
    return told


def _unexplained(found: SplitView) -> SplittingUnexplained:
    return SplittingUnexplained(
        count=len(found.orders),
        days=found.days,
        total=str(Rupiah(found.total)),
        ceiling=str(Rupiah(found.ceiling)),
        basis=found.basis,
    )
