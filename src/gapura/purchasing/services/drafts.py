"""Drafts of orders: made from the unit's list to buy, changed, brought up to date, discarded."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from gapura.catalog.queries import choices_of
from gapura.catalog.services import drop_ordered
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.organizations.queries import company as company_named
from gapura.purchasing import events
from gapura.purchasing.errors import NothingChosen
from gapura.purchasing.models import Moment, Order, OrderLine
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.pricing import place_of
from gapura.purchasing.services.lines import (
    check_company,
    check_live,
    describe,
    lines_of,
    new_line,
    price,
    totals,
)
from gapura.purchasing.services.steps import grant_of, held, take, write_down
from gapura.purchasing.services.terms import Terms, check_terms, values
from gapura.purchasing.states import ORDER


def draft_order(
    *,
    actor: Actor,
    company: str,
    rup_code: str,
    mak: str,
    budget: Decimal,
    delivery_address: str,
    deliver_by: date,
    method: str = "direct",
) -> UUID:
    """Make a draft of what the unit's list has from one company; it leaves the list.

    `rup_code` holds one or more codes of the plan (SiRUP), divided by semicolons; `mak` is the
    budget account, `budget` what it has in rupiah.

    :raises Refused: for anyone but PP and PPK.
    :raises FieldProblems: what is wrong with the fields.
    :raises NothingChosen: the list has nothing of this company.
    :raises ProductGone: something on it is not in the catalog any more.
    :raises CompanyNotActive: the company may not take orders today.
    """
    require(actor, Can.DRAFT)
    terms = Terms(rup_code, mak.strip(), budget, delivery_address.strip(), deliver_by, method)
    row = _new_order(actor, company, terms)
    with transaction.atomic():
        check_company(row)
        lines = _lines_from_list(actor, row)
        row.save(force_insert=True)
        OrderLine.objects.bulk_create(lines)
        _empty_list(actor, lines)
        facts = {"company": row.company.name, "lines": len(lines), "total": str(row.total)}
        facts["company_id"] = row.company_id
        write_down(actor, row, events.DRAFTED, facts)
        _begin(row)
    return row.id


def _empty_list(actor: Actor, lines: list[OrderLine]) -> None:
    """A doubled click waits here for the first one, and finds the list empty."""
    if drop_ordered(actor=actor, products=[line.product_id for line in lines]) < len(lines):
        raise NothingChosen()


def _begin(row: Order) -> None:
    """The first line of the timeline."""
    Moment.objects.create(
        order=row, verb="draft", side="buyer", person_id=row.buyer_id, at=row.created_at
    )


def _new_order(actor: Actor, company: str, terms: Terms) -> Order:
    grant, now = grant_of(actor), clock.now()
    zone, region = place_of(grant.unit, grant.agency)
    codes = check_terms(terms, clock.today(zone))
    return Order(
        agency_id=grant.agency,
        unit_id=grant.unit,
        company_id=company_named(company).code,
        buyer_id=actor.who,
        buyer_grant=grant.id,
        buyer_role=grant.role,
        zone=zone,
        region=region,
        created_at=now,
        changed_at=now,
        **values(terms, codes),
    )


def _lines_from_list(actor: Actor, row: Order) -> list[OrderLine]:
    chosen = [c for c in reversed(choices_of(actor)) if c.company == row.company_id]
    if not chosen:
        raise NothingChosen()
    lines = [OrderLine(product_id=choice.product, name=choice.name) for choice in chosen]
    known = check_live(lines)
    lines = [
        new_line(row, number, known[choice.product], choice.quantity)
        for number, choice in enumerate(chosen, start=1)
    ]
    price(row, lines, known)
    return lines


def save_draft(
    *,
    actor: Actor,
    order: UUID,
    rup_code: str,
    mak: str,
    budget: Decimal,
    delivery_address: str,
    deliver_by: date,
    method: str = "direct",
) -> None:
    """Change what was typed into a draft.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not of this office, no draft any more.
    :raises FieldProblems: what is wrong with the fields.
    """
    with transaction.atomic():
        row = held(actor, Can.SAVE, order, "save")
        terms = Terms(rup_code, mak.strip(), budget, delivery_address.strip(), deliver_by, method)
        codes = check_terms(terms, clock.today(row.zone))
        step = move(ORDER, row, "save", changed_at=clock.now(), **values(terms, codes))
        write_down(actor, row, events.SAVED, {}, step)


def refresh_order(*, actor: Actor, order: UUID) -> None:
    """Take over into a draft what its products are and cost now, with the tax of today.

    :raises NoSuchOrder, Refused, NoSuchMove: as `save_draft`.
    :raises ProductGone: a product is not in the catalog any more: take its line out first.
    """
    with transaction.atomic():
        row = held(actor, Can.REFRESH, order, "refresh")
        lines = lines_of(row)
        known = check_live(lines)
        for line in lines:
            describe(line, known[line.product_id])
        price(row, lines, known)
        for line in lines:
            line.save(force_update=True)
        step = move(ORDER, row, "refresh", changed_at=clock.now(), **totals(row))
        write_down(actor, row, events.REFRESHED, {"total": str(row.total)}, step)


def discard_order(*, actor: Actor, order: UUID) -> None:
    """Put a draft away; nobody else ever hears of it.

    :raises NoSuchOrder, Refused, NoSuchMove: as `save_draft`.
    """
    with transaction.atomic():
        row = held(actor, Can.DISCARD, order, "discard")
        take(actor, row, "discard", events.DISCARDED, ended_at=clock.now())
