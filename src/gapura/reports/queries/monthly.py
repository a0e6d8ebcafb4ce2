"""Reads about monthly reports: which months there are, and whether one gets them by mail."""

from dataclasses import dataclass
from datetime import date, timedelta

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.reports.models import MonthlyReport, Subscription
from gapura.reports.queries.figures import PLATFORM, Scope, scope_for
from gapura.reports.rules.pictures import months_between, next_month

# What may be counted when somebody asks: as far back as sign-ins are counted by hour.
MOST_MONTHS = 12

# Of those that were counted once so many are listed: ten years.
_MOST_KEPT = 120


@dataclass(frozen=True, slots=True)
class Months:
    """The months that can be had, the newest first; `subscribed` to the one's own scope's."""

    scope: Scope
    months: tuple[date, ...]
    made: frozenset[date]
    subscribed: bool


def reportable() -> tuple[date, ...]:
    """The past months of the last year, the newest first."""
    this = clock.today().replace(day=1)
    oldest = this - timedelta(days=31 * MOST_MONTHS)
    found = months_between(oldest, this - timedelta(days=1))
    return tuple(reversed(found))[:MOST_MONTHS]


def is_reportable(month: date) -> bool:
    """True for the first day of a month that is over, and not too long."""
    return month in reportable() and next_month(month) <= clock.today()


def monthly(actor: Actor, *, agency: str = "") -> Months:
    """What the page of monthly reports shows.

    :raises Refused: for roles that oversee nothing.
    :raises NoSuchPlace: another agency's, or unknown.
    """
    scope = scope_for(actor, agency=agency)
    rows = MonthlyReport.objects.filter(agency=scope.agency).order_by("-month")
    made = frozenset(rows.values_list("month", flat=True)[:_MOST_KEPT])
    own = "" if actor.role == PLATFORM else actor.agency
    waits = Subscription.objects.filter(person=actor.who, agency=own).exists()
    months = tuple(sorted({*reportable(), *made}, reverse=True))
    return Months(scope, months, made, waits)
