"""An access review as a whole: opened once, given more time, broken off."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from gapura.access import events
from gapura.access.errors import (
    BadReview,
    NoSuchReview,
    NothingToReview,
    OverdueMissing,
    ReviewDayImpossible,
    ReviewOver,
    ReviewReasonMissing,
    ReviewRuns,
)
from gapura.access.kinds import OVERDUE
from gapura.access.locks import hold
from gapura.access.models import AccessRule, Grant, Review, ReviewLine
from gapura.access.permissions import Can
from gapura.access.queries.reviewers import asked_people, is_of_platform, reviewers_at
from gapura.access.roles import Scope, codes_of
from gapura.access.rules import REASON_AT_LEAST, desk_of, way_up
from gapura.access.services.notices import tell_each
from gapura.access.services.review_notices import BATCH, call, link_of, name_of, note_review
from gapura.access.states import REVIEW
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import Problem
from gapura.organizations.errors import NoSuchAgency
from gapura.organizations.queries import agency as agency_named

LONGEST_REASON = 300
# Nobody can answer within less, and after more it is no longer the same year's review.
SHORTEST_DAYS, LONGEST_DAYS = 7, 120


def open_review(
    *, actor: Actor, agency: str, due_on: date | None = None, overdue: str = "", reason: str
) -> UUID:
    """Begin the review of all access at an agency; without one, of the platform's own roles.

    Its lines are the active grants of this moment. `due_on` and `overdue` are by default those of
    the dated rules `review_days` and `review_overdue`. Who is to answer is told.

    :raises Refused, NoSuchReview: not for this actor; no such agency.
    :raises BadReview: a day, a choice or a reason that cannot be.
    :raises ReviewRuns: one is open there already; also for the second of two at once.
    :raises NothingToReview: nobody holds anything there.
    """
    require(actor, Can.OPEN_REVIEW)
    found = Review(agency_id=agency or None)
    if not may(actor, Can.OPEN_REVIEW, found):
        raise NoSuchReview()
    if agency:
        _check_agency(agency)
    today = clock.today()
    found.due_on = due_on or today + timedelta(days=_rule("review_days", agency))
    found.overdue = overdue or _rule("review_overdue", agency)
    found.reason = _sound(found.due_on, found.overdue, reason)
    found.settles_on = found.due_on + timedelta(days=_rule("review_grace_days", agency))
    row = AccessRule.row_at("review_every_days", today, agency)
    found.basis = row.basis if row else ""
    with transaction.atomic():
        _insert(actor, found)
        found.total = sum(_fill(found))
        if not found.total:
            raise NothingToReview()
        Review.objects.filter(pk=found.pk).update(total=found.total)
        note_review(actor, events.REVIEW_OPENED, found, **_opening(found))
        call(found, "review_opened", reason=found.reason)
        return found.id


def _check_agency(code: str) -> None:
    try:
        agency_named(code)
    except NoSuchAgency as problem:
        raise NoSuchReview() from problem


def _rule(key: str, agency: str) -> Any:
    return AccessRule.value_at(key, clock.today(), agency)


def _sound(due_on: date, overdue: str, reason: str, after: date | None = None) -> str:
    """The reason without spaces around it.

    :raises BadReview: with all that is wrong.
    """
    wrong: dict[str, Problem | str] = {}
    first, last = day_bounds(after)
    if not first <= due_on <= last:
        wrong["due_on"] = ReviewDayImpossible(first=first, last=last)
    if overdue not in OVERDUE:
        wrong["overdue"] = OverdueMissing()
    plain = reason.strip()
    if not REASON_AT_LEAST <= len(plain) <= LONGEST_REASON:
        wrong["reason"] = ReviewReasonMissing()
    if wrong:
        raise BadReview(wrong)
    return plain


def day_bounds(after: date | None = None) -> tuple[date, date]:
    """The first and the last day that can be a review's last one; more time ends `after` one."""
    today = clock.today()
    first = after + timedelta(days=1) if after else today + timedelta(days=SHORTEST_DAYS)
    return max(first, today), today + timedelta(days=LONGEST_DAYS)


def _insert(actor: Actor, found: Review) -> None:
    found.opened_by_id, found.opened_at = actor.person, clock.now()
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError as error:
        if "one_open_review" not in str(error):
            raise
        raise ReviewRuns() from error


def _fill(review: Review) -> Iterator[int]:
    """Write the lines in batches; answers the size of each."""
    reviewers = reviewers_at(review.agency_id)
    rows = _grants(review.agency_id).values_list("id", "person_id", "role", "unit_id", "unit__path")
    made: list[ReviewLine] = []
    for grant, person, role, unit, path in rows.iterator(chunk_size=BATCH):
        desk = desk_of(
            way_up(unit, path or ""), person, reviewers, of_platform=is_of_platform(role)
        )
        place = {"agency_id": review.agency_id, "unit_id": unit, "desk_id": desk.unit}
        made.append(
            ReviewLine(
                review=review,
                grant_id=grant,
                person_id=person,
                role=role,
                level=desk.level,
                **place,
            )
        )
        if len(made) == BATCH:
            yield len(ReviewLine.objects.bulk_create(made))
            made = []
    yield len(ReviewLine.objects.bulk_create(made))


def _grants(agency: str | None) -> Any:
    """Active grants whose days are not over; what waits or is suspended does not work anyway."""
    ahead = Q(ends_before__isnull=True) | Q(ends_before__gt=clock.today())
    rows = Grant.objects.filter(ahead, state="active", superseded_at__isnull=True)
    if agency is None:
        return rows.filter(role__in=codes_of(Scope.PLATFORM)).order_by("id")
    return rows.filter(agency=agency).order_by("id")


def extend_review(*, actor: Actor, review_id: UUID, due_on: date, reason: str) -> None:
    """Give everybody until a later day; what went one level up already stays there.

    :raises NoSuchReview, Refused: not visible, not allowed.
    :raises ReviewOver: it is over, or its consequence was carried out.
    :raises BadReview: a day that is not later, or no reason.
    """
    with transaction.atomic():
        review = held_review(actor, Can.EXTEND_REVIEW, review_id)
        before = {"was_due_on": review.due_on, "was_settles_on": review.settles_on}
        if clock.today() > review.settles_on:
            raise ReviewOver()
        plain = _sound(due_on, review.overdue, reason, review.due_on)
        after = due_on + (review.settles_on - review.due_on)
        move(REVIEW, review, "extend", due_on=due_on, settles_on=after, reminded=None)
        days = {"due_on": due_on, "settles_on": after, **before}
        note_review(actor, events.REVIEW_EXTENDED, review, **days, reason=plain)
        call(review, "review_extended", reason=plain)


def cancel_review(*, actor: Actor, review_id: UUID, reason: str) -> None:
    """Break a review off; answers given so far stay as they are.

    :raises NoSuchReview, Refused: not visible, not allowed.
    :raises ReviewOver: it is over.
    :raises BadReview: no reason.
    """
    with transaction.atomic():
        review = held_review(actor, Can.CANCEL_REVIEW, review_id)
        plain = _sound(day_bounds()[0], review.overdue, reason)
        told = asked_people(review)
        move(REVIEW, review, "cancel", ended_at=clock.now())
        note_review(actor, events.REVIEW_CANCELLED, review, reason=plain)
        about = {"agency": name_of(review), "reason": plain}
        tell_each([(one, about) for one in told], "review_cancelled", link_of(review))


def held_review(actor: Actor, can: Can, review_id: UUID) -> Review:
    """The running review, held until the transaction ends, once the actor may do this to it.

    :raises NoSuchReview, Refused: not visible, not allowed.
    :raises ReviewOver: it is over.
    """
    hold(Review.objects.filter(pk=review_id))
    review = Review.objects.select_related("agency").filter(pk=review_id).first()
    if review is None or not may(actor, Can.SEE_REVIEW, review):
        raise NoSuchReview()
    require(actor, can, review)
    if review.state != REVIEW.start:
        raise ReviewOver()
    return review


def _opening(found: Review) -> dict[str, Any]:
    return {
        "total": found.total,
        "due_on": found.due_on,
        "settles_on": found.settles_on,
        "overdue": found.overdue,
        "reason": found.reason,
        "basis": found.basis,
    }
