"""How suppliers carried out their orders: counts a company, for those above who compare them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from gapura.purchasing.models import Moment, Order
from gapura.purchasing.states import CANCELLED

MISMATCH = "report_mismatch"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Counts of one company's orders that it accepted within a time.

    `late` of `due`: received after the promised day, or not yet though it is over. `mismatched`
    of `arrived`: at least once the unit reported goods that did not match. `cancelled` of
    `accepted`: ended after the acceptance, at whosever wish.
    """

    company: str
    accepted: int
    due: int
    late: int
    arrived: int
    mismatched: int
    cancelled: int


def outcomes(
    since: datetime, day: date, *, companies: Iterable[str] | None = None, agency: str = ""
) -> dict[str, Outcomes]:
    """By company code, of orders accepted since then; `day` is today. One statement.

    Bounded by `companies` (25 a page) or by one agency's orders.

    :raises ValueError: with neither of the two.
    """
    if companies is None and not agency:
        raise ValueError("outcomes of everything are not counted at once")
    rows = _rows(since, day)
    if companies is not None:
        rows = rows.filter(company__in=list(companies))
    if agency:
        rows = rows.filter(agency=agency)
    found = rows.values_list("company_id").annotate(**_counts())
    return {row[0]: Outcomes(*row) for row in found}


def sold_since(since: datetime) -> Exists:
    """Whether a company accepted an order since then, for `organizations.companies_among`."""
    return Exists(Order.objects.filter(company=OuterRef("pk"), accepted_at__gte=since))


def _rows(since: datetime, day: date) -> QuerySet[Order, Any]:
    claim = Moment.objects.filter(order=OuterRef("pk"), verb=MISMATCH)
    received = Q(delivery__received_at__isnull=False)
    overdue = Q(delivery__received_at__isnull=True, deliver_by__lt=day) & ~Q(state=CANCELLED)
    return (
        Order.objects.filter(accepted_at__gte=since)
        .order_by()
        .annotate(
            was_mismatched=Exists(claim),
            was_received=_is(received),
            was_overdue=_is(overdue),
            was_late=_is(overdue | (received & Q(delivery__late_days__gt=0))),
        )
    )


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=False, output_field=BooleanField())


def _counts() -> dict[str, Count]:
    arrived = Q(was_received=True) | Q(was_mismatched=True)
    wanted = {
        "accepted": Q(),
        "due": Q(was_received=True) | Q(was_overdue=True),
        "late": Q(was_late=True),
        "arrived": arrived,
        "mismatched": Q(was_mismatched=True),
        "cancelled": Q(state=CANCELLED),
    }
    return {f"count_{name}": Count(F("pk"), filter=rule or None) for name, rule in wanted.items()}
