"""Offers back and forth; the listed price is the most, and each side answers in its turn."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems
from gapura.purchasing import events
from gapura.purchasing.errors import Change, OfferChanged, PriceChanged, WrongPrices
from gapura.purchasing.models import Offer, Order, OrderLine
from gapura.purchasing.permissions import Can
from gapura.purchasing.rules import SELLER, other_side, prices_fit
from gapura.purchasing.services.holding import hold_when_sent
from gapura.purchasing.services.lines import (
    add_up,
    check_company,
    check_live,
    lines_of,
    put,
    sums_at,
    tax_on,
)
from gapura.purchasing.services.steps import checked_note, deadline, held, side_of, take
from gapura.purchasing.services.submission import check_budget, check_seen, check_start, explain


def propose_price(
    *,
    actor: Actor,
    order: UUID,
    prices: Sequence[Decimal],
    seen: datetime,
    note: str = "",
    split_reason: str = "",
) -> None:
    """Send a draft to the company with prices to negotiate: rupiah without tax, one a line.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not of this office, no draft any more.
    :raises FieldProblems: prices (above the listed ones, not whole), note, split_reason.
    :raises DraftChanged: the draft changed since `seen`.
    :raises AboveCeiling, BelowCeiling, PriceChanged, ProductGone, CompanyNotActive: as
        `submit_order`; the ceiling counts at listed prices, so that no offer goes around it.
    """
    note = checked_note(note)
    with transaction.atomic():
        row = held(actor, Can.PROPOSE_PRICE, order, "propose_price")
        check_seen(row, seen)
        lines = lines_of(row)
        check_start(row, lines)
        total = _offer(actor, row, lines, 1, prices, note)
        facts = {"total": str(total), "round": 1}
        changes = {**_sent_to_the_seller(row), "split_reason": explain(actor, row, split_reason)}
        take(actor, row, "propose_price", events.PRICE_PROPOSED, facts=facts, note=note, **changes)


def _sent_to_the_seller(row: Order) -> dict[str, Any]:
    return {
        "method": "negotiation",
        "submitted_at": clock.now(),
        "turn": SELLER,
        "due_at": deadline(row, "negotiation_days"),
    }


def answer_offer(
    *, actor: Actor, order: UUID, round: int, prices: Sequence[Decimal], note: str = ""
) -> None:
    """Answer the offer of `round` with other prices; then the other side answers.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, not this side's turn, over.
    :raises OfferChanged: a colleague answered meanwhile.
    :raises FieldProblems: prices (above the listed ones, not whole), note too long.
    """
    note = checked_note(note)
    with transaction.atomic():
        row = held(actor, Can.ANSWER_OFFER, order, "answer_offer")
        last = _last(row, round)
        total = _offer(actor, row, lines_of(row), last.round + 1, prices, note)
        take(
            actor,
            row,
            "answer_offer",
            events.OFFER_ANSWERED,
            facts={"total": str(total), "round": last.round + 1},
            note=note,
            turn=other_side(row.turn),
            due_at=deadline(row, "negotiation_days"),
        )


def agree(*, actor: Actor, order: UUID, round: int) -> None:
    """Take the other side's offer of `round`; its goods are reserved and the PPK reviews it.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, not this side's turn, over.
    :raises OfferChanged: a colleague answered meanwhile.
    :raises PriceChanged: a listed price fell below the offered one.
    :raises OverBudget, ProductGone, StockGone, NotForSale, TooManyHeld, CompanyNotActive: as
        `submit_order`.
    """
    with transaction.atomic():
        row = held(actor, Can.AGREE, order, "agree")
        last = _last(row, round)
        lines = lines_of(row)
        check_company(row)
        _check_prices(lines, last)
        _settle(row, lines, last)
        check_budget(row)
        hold_when_sent(actor, row, lines)
        take(
            actor,
            row,
            "agree",
            events.AGREED,
            facts={"total": str(row.total), "round": last.round},
            turn="",
            due_at=deadline(row, "review_days"),
            base=row.base,
            tax=row.tax,
            total=row.total,
        )


def cancel_negotiation(*, actor: Actor, order: UUID, note: str = "") -> None:
    """End a negotiation without agreement; either side may, at any time.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, not a party, over.
    :raises FieldProblems: note too long.
    """
    note = checked_note(note)
    with transaction.atomic():
        row = held(actor, Can.CANCEL_NEGOTIATION, order, "cancel_negotiation")
        take(
            actor,
            row,
            "cancel_negotiation",
            events.NEGOTIATION_CANCELLED,
            note=note,
            turn="",
            due_at=None,
            ended_at=clock.now(),
        )


def _offer(
    actor: Actor,
    row: Order,
    lines: list[OrderLine],
    number: int,
    prices: Sequence[Decimal],
    note: str,
) -> Decimal:
    if not prices_fit(prices, [line.list_price for line in lines]):
        raise FieldProblems({"prices": WrongPrices()})
    total = sums_at(lines, prices).amount
    Offer.objects.create(
        order=row,
        round=number,
        side=side_of(actor),
        prices=list(prices),
        total=total,
        note=note,
        person_id=actor.who,
        at=clock.now(),
    )
    return total


def _last(row: Order, seen: int) -> Offer:
    last = Offer.objects.filter(order=row).latest("round")
    if last.round != seen:
        raise OfferChanged()
    return last


def _settle(row: Order, lines: list[OrderLine], offer: Offer) -> None:
    for line, price in zip(lines, offer.prices, strict=True):
        line.agreed_price = price
        put(line, tax_on(line))
        line.save(force_update=True)
    add_up(row, lines)


def _check_prices(lines: list[OrderLine], offer: Offer) -> None:
    known = check_live(lines)
    changes = [
        Change(line.name, price, known[line.product_id].price)
        for line, price in zip(lines, offer.prices, strict=True)
        if price > known[line.product_id].price
    ]
    if changes:
        raise PriceChanged(changes)
