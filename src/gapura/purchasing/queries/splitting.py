"""Orders that may be one need in several: around one order, and as a list for those who watch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_
from gapura.purchasing.models import Order, PurchasingRule
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.boards import PAGE
from gapura.purchasing.queries.facts import scope
from gapura.purchasing.rules import (
    OFFICER,
    SAME_PLAN,
    SAME_SUPPLIER,
    Bought,
    Together,
    province,
    together,
)
from gapura.purchasing.states import DRAFT, STOPPED
from gapura.purchasing.words import STATE_NAMES

# A budget year; and of the largest agency the newest orders of it.
_BACK = timedelta(days=366)
_MOST = 20_000
_COLUMNS = (
    "id", "unit_id", "company_id", "rup_codes", "total", "submitted_at", "zone", "region",
    "reference", "unit__name", "company__name", "split_reason", "state",
)  # fmt: skip
MARKS = {SAME_SUPPLIER: N_("Same supplier"), SAME_PLAN: N_("Same plan code (RUP)")}


@dataclass(frozen=True, slots=True)
class SplitOrder:
    """One of the orders; `reason` is what its sender said, `state_name` a message id."""

    id: UUID
    reference: str
    company_name: str
    day: date
    total: Decimal
    state_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class SplitView:
    """Orders of one unit past the ceiling together, in rupiah with tax, the oldest first.

    `marks` are what they have in common: a message id of MARKS and the supplier's name or the plan
    code. `days` is the period, `basis` the rule against splitting, `ceiling_basis` the ceiling's.
    """

    unit_name: str
    marks: tuple[tuple[str, str], ...]
    orders: tuple[SplitOrder, ...]
    total: Decimal
    ceiling: Decimal
    ceiling_basis: str
    days: int
    basis: str


@dataclass(frozen=True, slots=True)
class SplitPage:
    """25 findings, the newest first. `cut` when there were more orders than are looked through."""

    rows: tuple[SplitView, ...]
    total: int
    page: int
    cut: bool


class _Ceilings:
    """The PP's ceilings of all days and provinces, read once."""

    def __init__(self) -> None:
        self._rows = list(PurchasingRule.objects.filter(key="pp_ceiling"))

    def at(self, region: str, day: date) -> PurchasingRule:
        """As `DatedRule.row_at`.

        :raises LookupError: no row covers the day.
        """
        fit = [
            row
            for row in self._rows
            if row.scope in {province(region), ""}
            and row.valid_from <= day
            and (row.valid_to is None or day < row.valid_to)
        ]
        if not fit:
            raise LookupError(f"no rule 'pp_ceiling' on {day}")
        return max(fit, key=lambda row: (row.scope, row.valid_from))


class _Search:
    """What is known of the orders of one search."""

    def __init__(self, rows: Iterable[tuple[Any, ...]], rule: PurchasingRule) -> None:
        self._rule, self._ceilings = rule, _Ceilings()
        self._known: dict[UUID, dict[str, Any]] = {}
        for values in rows:
            row = dict(zip(_COLUMNS, values, strict=True))
            row["day"] = clock.legal_day(row["submitted_at"] or clock.now(), row["zone"])
            self._known[row["id"]] = row

    def found(self) -> list[Together]:
        """What goes together."""
        bought = (
            Bought(
                row["id"],
                row["unit_id"],
                row["company_id"],
                tuple(row["rup_codes"]),
                row["total"],
                row["day"],
                Decimal(self._ceilings.at(row["region"], row["day"]).value),
            )
            for row in self._known.values()
        )
        return together(bought, int(self._rule.value))

    def view(self, one: Together) -> SplitView:
        """One finding in names."""
        last = self._known[one.orders[-1].id]
        ceiling = self._ceilings.at(last["region"], last["day"])
        return SplitView(
            unit_name=last["unit__name"],
            marks=tuple((MARKS[kind], self._name(kind, key, last)) for kind, key in one.marks),
            orders=tuple(self._order(order.id) for order in one.orders),
            total=one.total,
            ceiling=Decimal(ceiling.value),
            ceiling_basis=ceiling.basis,
            days=int(self._rule.value),
            basis=self._rule.basis,
        )

    def _name(self, kind: str, key: str, row: dict[str, Any]) -> str:
        return str(row["company__name"]) if kind == SAME_SUPPLIER else key

    def _order(self, key: UUID) -> SplitOrder:
        row = self._known[key]
        return SplitOrder(
            id=key,
            reference=row["reference"],
            company_name=row["company__name"],
            day=row["day"],
            total=row["total"],
            state_name=STATE_NAMES[row["state"]],
            reason=row["split_reason"],
        )


def _sent(since: datetime) -> QuerySet[Order]:
    """PPs' orders that left the desk after `since` and were not stopped."""
    rows = Order.objects.filter(buyer_role=OFFICER, submitted_at__gte=since)
    return rows.exclude(state__in=(DRAFT, *STOPPED))


def _rule(day: date) -> PurchasingRule:
    row = PurchasingRule.row_at("splitting_days", day)
    if row is None:
        raise LookupError(f"no rule 'splitting_days' on {day}")
    return row


def splits_around(order: UUID) -> tuple[SplitView, ...]:
    """What an order, as a draft or later, makes past the ceiling with earlier ones of its unit.

    None for a PPK's: those are made above the ceiling anyway. Whoever may see the order as the
    unit's own may see these; a supplier may not. Three statements.
    """
    head = Order.objects.filter(pk=order, buyer_role=OFFICER)
    own = head.values_list("unit_id", "submitted_at", "zone").first()
    if own is None:
        return ()
    unit, at, zone = own
    at = at or clock.now()
    rule = _rule(clock.legal_day(at, zone))
    since = at - timedelta(days=int(rule.value) + 1)
    others = _sent(since).filter(unit=unit, submitted_at__lte=at)
    rows = others | Order.objects.filter(pk=order)
    search = _Search(rows.values_list(*_COLUMNS), rule)
    return tuple(
        search.view(one) for one in search.found() if order in {each.id for each in one.orders}
    )


def possible_splitting(actor: Actor, page: int = 1) -> SplitPage:
    """Possible split purchases of the last year in what the actor watches over.

    An auditor's agency, the unit of a budget user or proxy. At most the newest 20,000 orders are
    looked through.

    :raises Refused: for everybody else.
    """
    require(actor, Can.SEE_SPLITTING)
    rows = _sent(clock.now() - _BACK).filter(scope(actor)).order_by("-submitted_at")
    values = list(rows.values_list(*_COLUMNS)[: _MOST + 1])
    search = _Search(values[:_MOST], _rule(clock.today()))
    found = search.found()
    page = max(1, min(page, 1 + (len(found) - 1) // PAGE))
    shown = found[(page - 1) * PAGE : page * PAGE]
    return SplitPage(
        rows=tuple(search.view(one) for one in shown),
        total=len(found),
        page=page,
        cut=len(values) > _MOST,
    )
