"""Access reviews as those who take part in them see them: the list, one, its lines, its desks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gapura.access.errors import NoSuchReview
from gapura.access.models import AccessRule, Review, ReviewLine
from gapura.access.permissions import Can
from gapura.access.queries.due_reviews import first_activation
from gapura.access.queries.reviewers import seen_by, waits_for
from gapura.access.roles import UNIT_HEAD
from gapura.access.states import REVIEW_LINE, UNANSWERED
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, may, require

REVIEWS_PAGE = 40


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review; `waiting` lines are unanswered where the actor sees, `mine` wait for the actor.

    Without an agency it is the review of the platform's own roles.
    """

    id: UUID
    agency: str
    agency_name: str
    state: str
    reason: str
    basis: str
    overdue: str
    due_on: date
    settles_on: date
    opened_by: str
    opened_at: datetime
    ended_at: datetime | None
    total: int
    waiting: int
    mine: int

    @property
    def is_open(self) -> bool:
        """It can be answered by everybody at their level."""
        return self.state == "open"

    @property
    def is_late(self) -> bool:
        """The first level's time is over."""
        return self.is_open and clock.today() > self.due_on


@dataclass(frozen=True, slots=True)
class ReviewList:
    """One page of reviews, the newest first. `due_on`: when the agency's next one should begin.

    It is empty for the platform, which sees all agencies, and while one is open.
    """

    rows: tuple[ReviewRow, ...]
    more: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewPowers:
    """What the actor may do with one review besides answering."""

    extend: bool
    cancel: bool
    download: bool
    sees_all: bool


@dataclass(frozen=True, slots=True)
class DeskProgress:
    """How far the answers of one desk are: a unit's head, or a level without a unit."""

    level: str
    unit_name: str
    total: int
    open: int
    confirmed: int
    removed: int
    gone: int
    unanswered: int


_COLUMNS = (
    "id", "agency_id", "agency__name", "state", "reason", "basis", "overdue", "due_on",
    "settles_on", "opened_by__name", "opened_at", "ended_at", "total", "waiting", "mine",
)  # fmt: skip


def reviews_for(actor: Actor, *, page: int = 1) -> ReviewList:
    """The reviews that the actor takes part in. Two queries, one for the platform.

    :raises Refused: the active role takes part in none.
    """
    require(actor, Can.LIST_REVIEWS)
    rows = Review.objects.all()
    if actor.agency:
        rows = rows.filter(agency=actor.agency)
    start = (page - 1) * REVIEWS_PAGE
    order = ("-opened_at", "-id")
    found = (
        _counted(actor, rows).order_by(*order).values(*_COLUMNS)[start : start + REVIEWS_PAGE + 1]
    )
    made = [_row(one) for one in found]
    return ReviewList(
        rows=tuple(made[:REVIEWS_PAGE]),
        more=len(made) > REVIEWS_PAGE,
        due_on=next_review(actor.agency) if actor.agency else None,
    )


def next_review(agency: str) -> date | None:
    """The day on which the agency's next review should begin; None while one is open.

    The same day as `due_reviews` has it.
    """
    rows = Review.objects.filter(agency=agency).exclude(state="cancelled").order_by("-opened_at")
    last = rows.values_list("state", "opened_at").first()
    if last is not None and last[0] == "open":
        return None
    began = last[1] if last is not None else first_activation(agency)
    days: int = AccessRule.value_at("review_every_days", clock.today(), agency)
    return None if began is None else clock.legal_day(began) + timedelta(days=days)


def lines_to_answer(actor: Actor) -> int:
    """How many accesses wait in all reviews for the actor's answer. One query."""
    return ReviewLine.objects.filter(waits_for(actor), answerable()).count()


def review_defaults(agency: str) -> tuple[date, str]:
    """The last day to answer and the consequence that a new review begins with."""
    today = clock.today()
    days: int = AccessRule.value_at("review_days", today, agency)
    return today + timedelta(days=days), AccessRule.value_at("review_overdue", today, agency)


def review_for(actor: Actor, review_id: UUID) -> ReviewRow:
    """One review. One query.

    :raises NoSuchReview: of another agency, or none that there is.
    :raises Refused: when only a stronger sign-in is missing.
    """
    row = _counted(actor, Review.objects.filter(pk=review_id)).values(*_COLUMNS).first()
    verdict = decide(actor, Can.SEE_REVIEW, _Asked(row["agency_id"])) if row else None
    if verdict is not None and verdict.only_needs_strength:
        raise Refused(verdict)
    if row is None or not verdict:
        raise NoSuchReview()
    return _row(row)


class _Asked:
    """What a permission is asked about: the agency of a review."""

    def __init__(self, agency: str | None) -> None:
        self.agency_id = agency


def powers(actor: Actor, found: ReviewRow) -> ReviewPowers:
    """Which buttons the page has."""
    about = _Asked(found.agency or None)
    runs = found.is_open
    return ReviewPowers(
        extend=runs and clock.today() <= found.settles_on and may(actor, Can.EXTEND_REVIEW, about),
        cancel=runs and may(actor, Can.CANCEL_REVIEW, about),
        download=may(actor, Can.DOWNLOAD_REVIEW, about),
        sees_all=actor.role != UNIT_HEAD,
    )


def can_open(actor: Actor) -> bool:
    """Whether to show the way to a new review."""
    return may(actor, Can.OPEN_REVIEW)


def _counted(actor: Actor, rows: QuerySet[Review]) -> QuerySet[Any]:
    waiting = seen_by(actor) & Q(state__in=UNANSWERED)
    return rows.annotate(waiting=_number(waiting), mine=_number(waits_for(actor) & answerable()))


def answerable() -> Q:
    """Lines that nobody answered, of reviews that were not broken off."""
    return Q(state__in=UNANSWERED) & ~Q(review__state="cancelled")


def _number(which: Q) -> Coalesce:
    lines = ReviewLine.objects.filter(which, review=OuterRef("pk")).order_by().values("review")
    return Coalesce(
        Subquery(lines.annotate(n=Count("id")).values("n")), 0, output_field=IntegerField()
    )


def _row(row: dict[str, Any]) -> ReviewRow:
    return ReviewRow(
        id=row["id"],
        agency=row["agency_id"] or "",
        agency_name=row["agency__name"] or "",
        state=row["state"],
        reason=row["reason"],
        basis=row["basis"],
        overdue=row["overdue"],
        due_on=row["due_on"],
        settles_on=row["settles_on"],
        opened_by=row["opened_by__name"] or "",
        opened_at=row["opened_at"],
        ended_at=row["ended_at"],
        total=row["total"],
        waiting=row["waiting"],
        mine=row["mine"],
    )


def progress_of(actor: Actor, found: ReviewRow) -> tuple[DeskProgress, ...]:
    """The desks of a review that the actor sees, those with the most missing first. One query."""
    rows = ReviewLine.objects.filter(seen_by(actor), review=found.id).order_by()
    grouped = rows.values("level", "desk__name").annotate(
        total=Count("id"),
        open=Count("id", filter=Q(state=REVIEW_LINE.start)),
        confirmed=Count("id", filter=Q(state="confirmed")),
        removed=Count("id", filter=Q(state="removed")),
        gone=Count("id", filter=Q(state="gone")),
        unanswered=Count("id", filter=Q(state__in=("kept", "suspended", "lapsed"))),
    )
    return tuple(_desk(row) for row in grouped.order_by("-open", "level", "desk__name"))


def _desk(row: Mapping[str, Any]) -> DeskProgress:
    counts = ("total", "open", "confirmed", "removed", "gone", "unanswered")
    return DeskProgress(row["level"], row["desk__name"] or "", *(row[name] for name in counts))
