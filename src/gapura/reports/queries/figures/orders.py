"""Pictures of orders: how many stand where, what they are worth, and how that went over time."""

from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from gapura.kernel.texts import N_
from gapura.purchasing.models import Order
from gapura.purchasing.queries import ORDER
from gapura.reports.queries.figures.scope import Scope, Span
from gapura.reports.rules.pictures import BARS, LINES, MONEY, Picture, Row, months_between
from gapura.reports.words import ORDER_STATES

_STATE = N_("State")


def orders(scope: Scope, span: Span) -> tuple[Picture, Picture, Picture]:
    """Orders that were sent in the span: by state, their value by state, and by month.

    One statement; drafts are nobody's business but their unit's and are not counted.
    """
    rows = (
        Order.objects.filter(scope.where(), span.within("submitted_at"))
        .order_by()
        .annotate(month=TruncMonth("submitted_at", tzinfo=span.zone_info))
        .values_list("state", "month")
        .annotate(count=Count("pk"), value=Sum("total"))
    )
    counts, values = dict.fromkeys(ORDER.states, 0), dict.fromkeys(ORDER.states, Decimal(0))
    by_month: dict[date, list[int]] = {
        month: [0, 0] for month in months_between(span.first, span.last)
    }
    for state, month, count, value in rows:
        counts[state] += count
        values[state] += value
        by_month[month.date()][0] += count
        by_month[month.date()][1] += int(value)
    seen = [state for state in ORDER.states if counts[state]]
    return _by_state(seen, counts), _worth(seen, values), _over_time(by_month)


def _by_state(states: list[str], counts: dict[str, int]) -> Picture:
    return Picture(
        "order_states",
        BARS,
        N_("Orders by state"),
        N_("Orders that were sent in the period, by the state they are in now."),
        _STATE,
        (N_("Orders"),),
        tuple(Row(ORDER_STATES[state], (counts[state],)) for state in states),
        numbers={"orders": sum(counts.values())},
    )


def _worth(states: list[str], values: dict[str, Decimal]) -> Picture:
    return Picture(
        "order_values",
        BARS,
        N_("Value of orders by state"),
        N_("The value with tax of the same orders, in rupiah."),
        _STATE,
        (N_("Value"),),
        tuple(Row(ORDER_STATES[state], (int(values[state]),)) for state in states),
        measure=MONEY,
        numbers={"value": int(sum(values.values()))},
    )


def _over_time(by_month: dict[date, list[int]]) -> Picture:
    return Picture(
        "order_months",
        LINES,
        N_("Value of orders by month"),
        N_("The value with tax of the orders sent in each month, in rupiah."),
        N_("Month"),
        (N_("Value"),),
        tuple(
            Row(f"{month:%Y-%m}", (value,), said=True)
            for month, (_count, value) in by_month.items()
        ),
        measure=MONEY,
    )
