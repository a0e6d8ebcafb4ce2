"""Reads of supplier performance: a page to compare, one company's own, one order's rating."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Avg, Count

from gapura.evaluations.models import EvaluationRule, Rating
from gapura.evaluations.permissions import Can
from gapura.evaluations.rules import (
    CRITERIA,
    LEAST,
    LONGEST_NOTE,
    MOST,
    SCORES,
    Share,
    may_change,
    share,
    weighted,
    worst_first,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.organizations.queries import companies_among, company_names
from gapura.purchasing.queries import OrderView, Outcomes, outcomes, sold_since

__all__ = [
    "CRITERIA", "LEAST", "LONGEST_NOTE", "MOST", "PAGE", "PERIODS", "SCORES", "GivenRating",
    "Performance", "RatingView", "Share", "SupplierPage", "own_performance", "performance_of",
    "rating_of", "suppliers",
]  # fmt: skip

PAGE = 25
PERIODS = (30, 90, 365)


@dataclass(frozen=True, slots=True)
class GivenRating:
    """Ratings of one company: how many, the mean of each criterion and of all by their weights.

    The means are None below the least number of ratings.
    """

    count: int
    means: dict[str, Decimal] | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Performance:
    """How one company did; shares are bare counts where there were too few orders."""

    company: str
    name: str
    accepted: int
    late: Share
    mismatched: Share
    cancelled: Share
    ratings: GivenRating


@dataclass(frozen=True, slots=True)
class SupplierPage:
    """One page of companies. `agency` is set where only that agency's orders are counted.

    `least` orders stand behind each share; `basis` is the law of the criteria, a message id.
    """

    rows: tuple[Performance, ...]
    more: bool
    at: datetime
    agency: str
    least: int
    weights: dict[str, int]


@dataclass(frozen=True, slots=True)
class RatingView:
    """One order's rating. `open` while it may be changed, `days` how long that is after giving."""

    scores: dict[str, int]
    note: str
    given_at: datetime
    changed_at: datetime
    open: bool
    days: int


def suppliers(
    actor: Actor, *, text: str = "", page: int = 1, days: int = 365, own: bool = True
) -> SupplierPage:
    """Companies and how they did within `days`; `own` counts only the actor's agency's orders.

    Of one agency the worst come first, by the lower bound of their shares; of all agencies they
    are in the order of their names, because counting the whole country takes too long.

    :raises Refused: for roles that do not compare suppliers.
    """
    require(actor, Can.COMPARE)
    agency = actor.agency if own else ""
    since, first = clock.now() - timedelta(days=days), (page - 1) * PAGE
    rules = _Rules()
    if agency:
        counted = outcomes(since, clock.today(), agency=agency)
        names = _holding(company_names(counted), text)
    else:
        names = companies_among(sold_since(since), text, first, PAGE + 1)
        counted = outcomes(since, clock.today(), companies=names)
    rows = _performances(names, counted, _rated(names, since, agency, rules), rules)
    if agency:
        rows = sorted(rows, key=_worst)[first : first + PAGE + 1]
    return SupplierPage(
        tuple(rows[:PAGE]), len(rows) > PAGE, clock.now(), agency, rules.least, rules.weights
    )


def _holding(names: dict[str, str], text: str) -> dict[str, str]:
    wanted = text.casefold()
    return {code: name for code, name in names.items() if wanted in name.casefold()}


def performance_of(company: str, days: int = 365) -> Performance:
    """One company's record over all agencies; whoever may see the company's goods may read it."""
    since, rules = clock.now() - timedelta(days=days), _Rules()
    names = company_names([company])
    counted = outcomes(since, clock.today(), companies=names)
    return _performances(names, counted, _rated(names, since, "", rules), rules)[0]


def own_performance(actor: Actor, days: int = 365) -> Performance:
    """The record of the actor's own company.

    :raises Refused: for others than a company's people.
    """
    require(actor, Can.SEE_OWN)
    assert actor.grant is not None  # noqa: S101 - the permission has asked for a company
    return performance_of(actor.grant.company, days)


def rating_of(actor: Actor, view: OrderView) -> RatingView | None:
    """The rating of an order that the actor reads, for whoever may give it; None without one."""
    if not may(actor, Can.RATE, view.facts):
        return None
    row = Rating.objects.filter(order=view.id).first()
    if row is None:
        return None
    days = int(EvaluationRule.value_at("change_days", clock.today()))
    scores = {name: getattr(row, name) for name in CRITERIA}
    is_open = may_change(row.given_at, days, clock.now())
    return RatingView(scores, row.note, row.given_at, row.changed_at, is_open, days)


class _Rules:
    """The dated numbers of today, in one statement."""

    def __init__(self) -> None:
        rows = EvaluationRule.objects.filter(valid_from__lte=clock.today()).order_by("valid_from")
        found = {row.key: row.value for row in rows}
        self.weights: dict[str, int] = found["weights"]
        self.least = int(found["least_orders"])


def _performances(
    names: dict[str, str],
    counted: dict[str, Outcomes],
    rated: dict[str, GivenRating],
    rules: _Rules,
) -> list[Performance]:
    nothing = {code: Outcomes(code, 0, 0, 0, 0, 0, 0) for code in names}
    seen = {**nothing, **counted}
    return [_performance(seen[code], name, rated, rules.least) for code, name in names.items()]


def _performance(
    seen: Outcomes, name: str, rated: dict[str, GivenRating], least: int
) -> Performance:
    return Performance(
        seen.company,
        name,
        seen.accepted,
        share(seen.late, seen.due, least),
        share(seen.mismatched, seen.arrived, least),
        share(seen.cancelled, seen.accepted, least),
        rated.get(seen.company, GivenRating(0, None, None)),
    )


def _rated(
    companies: Iterable[str], since: datetime, agency: str, rules: _Rules
) -> dict[str, GivenRating]:
    rows = Rating.objects.filter(company__in=list(companies), given_at__gte=since)
    if agency:
        rows = rows.filter(agency=agency)
    means = {f"mean_{name}": Avg(name) for name in CRITERIA}
    found = rows.order_by().values("company_id").annotate(count=Count("pk"), **means)
    return {row["company_id"]: _given(row, rules) for row in found}


def _given(row: Mapping[str, object], rules: _Rules) -> GivenRating:
    count = int(str(row["count"]))
    if count < rules.least:
        return GivenRating(count, None, None)
    exact = {name: Decimal(str(row[f"mean_{name}"])) for name in CRITERIA}
    means = {name: mean.quantize(Decimal("0.01")) for name, mean in exact.items()}
    return GivenRating(count, means, weighted(exact, rules.weights))


def _worst(row: Performance) -> tuple[object, ...]:
    shares = (row.late, row.mismatched, row.cancelled)
    low = min(worst_first(shares))
    return (low, -row.accepted, row.name, row.company)
