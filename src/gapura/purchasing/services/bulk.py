"""Loads many orders at once with all that happened to them: for the demo and for moving in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.audit.services import record_all
from gapura.catalog.queries import Orderable, orderable
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations.queries import companies_named
from gapura.purchasing.errors import ProductGone
from gapura.purchasing.models import Order, OrderLine
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.pricing import LISTED, tax_of
from gapura.purchasing.rules import Tax
from gapura.purchasing.services.bulk_steps import deadline_of, tell_step
from gapura.purchasing.services.bulk_story import ReadyStep, Story, by_event
from gapura.purchasing.services.lines import add_up, new_line, put
from gapura.purchasing.services.steps import grant_of
from gapura.purchasing.services.terms import Terms, check_terms, values


@dataclass(frozen=True, slots=True)
class ReadyOrder:
    """An order to load: its lines are product and quantity, its steps begin with `draft`.

    Each step is taken by its own actor at its own moment, in the order of the state tables.
    """

    company: str
    terms: Terms
    lines: tuple[tuple[UUID, Decimal], ...]
    steps: tuple[ReadyStep, ...]


@dataclass
class _Known:
    """What all orders of one load are looked up in, asked for once."""

    orders: Sequence[ReadyOrder]
    _taxes: dict[tuple[str, bool, date], Tax] = field(default_factory=dict)
    _places: dict[str, Order] = field(default_factory=dict)

    @cached_property
    def products(self) -> Mapping[UUID, Orderable]:
        """The goods as they are now."""
        return orderable({product for one in self.orders for product, _ in one.lines})

    @cached_property
    def taxable(self) -> Mapping[str, bool]:
        """Which companies charge PPN."""
        found = companies_named({one.company for one in self.orders})
        return {code: view.taxable for code, view in found.items()}

    def tax(self, tax_class: str, company: str, day: date) -> Tax:
        """How a line is taxed on that day."""
        key = (tax_class, self.taxable[company], day)
        if key not in self._taxes:
            self._taxes[key] = tax_of(tax_class, taxable=key[1], day=day)
        return self._taxes[key]

    def place(self, unit: str, agency: str) -> Order:
        """An order of this unit, with unit and agency loaded, to take them from."""
        if unit not in self._places:
            self._places[unit] = Order(unit_id=unit, agency_id=agency)
        return self._places[unit]


def load_orders(*, actor: Actor, orders: Iterable[ReadyOrder]) -> list[UUID]:
    """Write orders with all their steps in a few statements; answers their ids as given.

    Steps follow the state tables, move stock, give numbers, make and sign the papers, and are
    recorded, each as of its own moment; nobody is told, and no deed is confirmed with a code. For
    data that is brought in by the operator: who took a step is taken as given.

    :raises Refused: for anyone but the system.
    :raises FieldProblems: for the first order whose terms are wrong.
    :raises ProductGone, StockGone: the catalog has not got it.
    :raises ValueError: a step that the state does not allow.
    """
    require(actor, Can.LOAD)
    given = list(orders)
    known = _Known(given)
    with transaction.atomic():
        stories = [_begin(one, known) for one in given]
        steps = [(step.at, at, number) for at, one in enumerate(given)
                 for number, step in enumerate(one.steps)]  # fmt: skip
        for moment, at, number in sorted(steps):
            with clock.frozen(moment):
                _take(stories[at], given[at].steps, number)
        _insert(stories)
        for event, entries in by_event(stories):
            record_all(event, entries)
    return [story.row.id for story in stories]


def _begin(one: ReadyOrder, known: _Known) -> Story:
    """The order as it is drafted, with its lines."""
    first = one.steps[0]
    grant = grant_of(first.actor)
    place = known.place(grant.unit, grant.agency)
    zone = place.unit.zone
    day = clock.legal_day(first.at, zone)
    row = Order(
        agency=place.agency,
        unit=place.unit,
        company_id=one.company,
        buyer_id=first.actor.who,
        buyer_grant=grant.id,
        buyer_role=grant.role,
        zone=zone,
        region=place.agency.region_id or "",
        created_at=first.at,
        changed_at=one.steps[-1].at,
        **values(one.terms, check_terms(one.terms, day)),
    )
    lines = [_line(row, at, *line, known, day) for at, line in enumerate(one.lines, start=1)]
    add_up(row, lines)
    return Story(row, lines)


def _line(
    row: Order, number: int, product: UUID, quantity: Decimal, known: _Known, day: date
) -> OrderLine:
    found = known.products.get(product)
    if found is None or found.state != LISTED:
        raise ProductGone(name=found.name if found else str(product))
    line = new_line(row, number, found, quantity)
    put(line, known.tax(found.tax_class, row.company_id, day))
    return line


def _take(story: Story, steps: Sequence[ReadyStep], number: int) -> None:
    """One step, and its deadline where that matters: at the end, or when nobody answered."""
    step = steps[number]
    tell_step(story, step)
    last = number + 1 == len(steps)
    if last or steps[number + 1].verb == "lapse":
        story.row.due_at = deadline_of(story.row)


def _insert(stories: Sequence[Story]) -> None:
    """Table by table: an order before what belongs to it."""
    Order.objects.bulk_create([story.row for story in stories])
    rows: dict[Any, list[Any]] = {}
    for story in stories:
        for row in story.parts():
            rows.setdefault(type(row), []).append(row)
    for model, found in rows.items():
        model.objects.bulk_create(found)
