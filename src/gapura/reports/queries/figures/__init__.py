"""The figures of oversight: pages of pictures, of the platform, of a group, or of one agency."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.reports.models import KeptFigures
from gapura.reports.queries.figures.incidents import alerts, locks, suspicions
from gapura.reports.queries.figures.orders import orders
from gapura.reports.queries.figures.people import ending, factors, funnel, queue
from gapura.reports.queries.figures.places import Place, agencies_in, groups, with_queues
from gapura.reports.queries.figures.scope import (
    PERIODS,
    PLATFORM,
    Scope,
    Span,
    agency_scope,
    group_scope,
    last_days,
    scope_for,
)
from gapura.reports.queries.figures.signins import sign_ins
from gapura.reports.rules.pictures import BARS, HEAT, LINES, STACKED, Picture, Row, opened

__all__ = [
    "ACCESS", "BARS", "FRESH", "HEAT", "LINES", "ORDERS", "PAGES", "PERIODS", "PLATFORM",
    "SIGN_INS", "STACKED", "Board", "Picture", "Place", "Row", "Scope", "Span", "agency_scope",
    "board", "count_page", "figures_of", "group_scope", "last_days", "scope_for",
]  # fmt: skip

ACCESS, SIGN_INS, ORDERS = "access", "sign_ins", "orders"
# Kept pictures of the platform are shown for so long; then the reader waits for new ones.
FRESH = timedelta(minutes=45)
Counted = tuple[tuple[Picture, ...], datetime]


@dataclass(frozen=True, slots=True)
class Board:
    """One page of pictures: of what, of how many days, as of when, and where to look closer."""

    page: str
    scope: Scope
    days: int
    pictures: tuple[Picture, ...]
    at: datetime
    places: tuple[Place, ...]
    groups: tuple[Place, ...]


def _access(scope: Scope, span: Span) -> Counted:
    today = span.last
    pictures = (funnel(scope, span), queue(scope), ending(scope), factors(scope, today))
    return pictures, clock.now()


def _sign_ins(scope: Scope, span: Span) -> Counted:
    (by_hour, over_time), at = sign_ins(scope, span)
    more = (alerts(scope, span), suspicions(scope, span), locks(scope, span))
    return (by_hour, over_time, *more), at or clock.now()


def _orders(scope: Scope, span: Span) -> Counted:
    return orders(scope, span), clock.now()


PAGES: dict[str, Callable[[Scope, Span], Counted]] = {
    ACCESS: _access,
    SIGN_INS: _sign_ins,
    ORDERS: _orders,
}


def board(actor: Actor, page: str, *, days: int, agency: str = "", group: str = "") -> Board:
    """The pictures of one page of `PAGES` for one of `PERIODS`; at most seven statements.

    :raises Refused: for roles that oversee nothing.
    :raises NoSuchPlace: an agency or group that is not there, or another's.
    """
    scope = scope_for(actor, agency=agency, group=group)
    found = _kept(page, days) if scope.agencies is None else None
    pictures, at = found or count_page(page, scope, last_days(days, scope.zone))
    places, wide = _around(actor, page, scope)
    return Board(page, scope, days, pictures, at, tuple(places), tuple(wide))


def count_page(page: str, scope: Scope, span: Span) -> Counted:
    """The pictures of a page counted now, and as of when they are."""
    return PAGES[page](scope, span)


def figures_of(agency: str, span: Span) -> tuple[Picture, ...]:
    """All pictures of one agency, or of the platform for an empty code, within a span.

    :raises NoSuchPlace: unknown.
    """
    scope = agency_scope(agency) if agency else Scope()
    span = replace(span, zone=scope.zone)
    return tuple(picture for page in PAGES for picture in count_page(page, scope, span)[0])


def _kept(page: str, days: int) -> Counted | None:
    row = KeptFigures.objects.filter(page=page, days=days).first()
    if row is None or row.at < clock.now() - FRESH:
        return None
    return opened(row.pictures), row.at


def _around(actor: Actor, page: str, scope: Scope) -> tuple[list[Place], list[Place]]:
    """Where the platform's administrator looks closer from here; others have nowhere to go."""
    if actor.role != PLATFORM:
        return [], []
    wide = groups()
    if scope.agency:
        return [], wide
    places = wide if scope.agencies is None else agencies_in(scope)
    return (with_queues(places, scope) if page == ACCESS else places), wide
