"""The scheduled round through open access reviews: what moves up, who is reminded, what is over."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from gapura.access import events
from gapura.access.locks import hold
from gapura.access.models import AccessRule, Grant, Review, ReviewLine
from gapura.access.permissions import Can
from gapura.access.queries.reviewers import is_of_platform, reviewers_at
from gapura.access.rules import Desk, above, desk_of, step_due, way_up
from gapura.access.rules.reviews import AGENCY, PLATFORM, UNIT, Reviewers
from gapura.access.services.grants import locked, suspend_grant
from gapura.access.services.review_answers import NOBODY_ANSWERED, answer, take
from gapura.access.services.review_notices import call, note_review, tell_end, tell_platform
from gapura.access.states import LIVE_GRANT, REVIEW, REVIEW_LINE, UNANSWERED
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_

BATCH = 500
_KIND = N_("Not confirmed in time")


def open_reviews(*, actor: Actor) -> list[UUID]:
    """The reviews that are open, the oldest first.

    :raises Refused: a person tried.
    """
    require(actor, Can.TEND_REVIEW)
    rows = Review.objects.filter(state=REVIEW.start).order_by("opened_at", "id")
    return list(rows.values_list("id", flat=True))


def tend_review(*, actor: Actor, review_id: UUID) -> None:
    """What is due in one review: drop what ended, move up, remind, carry out what it says, close.

    Batch by batch, each a transaction of its own; a round that is interrupted goes on in the next
    one, and a second round at the same moment finds nothing to do.

    :raises Refused: a person tried.
    """
    require(actor, Can.TEND_REVIEW)
    for step in (_drop, _move_up, _settle):
        while step(actor, review_id) == BATCH:
            pass
    _remind(review_id)
    _close(actor, review_id)


Step = Callable[[Actor, UUID], int]


def _held(review_id: UUID, rows: QuerySet[ReviewLine], most: int = BATCH) -> list[ReviewLine]:
    """Lines of an open review, locked; those that somebody is answering now wait for next time."""
    mine = rows.filter(review=review_id, review__state=REVIEW.start)
    ids = list(
        mine.order_by("id")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("id", flat=True)[:most]
    )
    found = ReviewLine.objects.filter(pk__in=ids).select_related("unit", "review")
    return list(found.defer("unit__npwp").order_by("id"))


@transaction.atomic
def _drop(actor: Actor, review_id: UUID) -> int:
    """What ended meanwhile: revoked, superseded, over, or left behind by whoever went."""
    ended = (
        ~Q(grant__state__in=LIVE_GRANT)
        | Q(grant__superseded_at__isnull=False)
        | Q(grant__ends_before__lte=clock.today())
    )
    lines = _held(review_id, ReviewLine.objects.filter(ended, state__in=UNANSWERED))
    _answered(actor, lines, "drop", events.LINE_DROPPED)
    return len(lines)


@transaction.atomic
def _move_up(actor: Actor, review_id: UUID) -> int:
    """One level up goes what is late, and what waits where nobody can answer any more.

    What is late at the agency stays there, and the platform can answer it as well.
    """
    review = Review.objects.filter(pk=review_id, state=REVIEW.start).first()
    if review is None:
        return 0
    late, here = clock.today() > review.due_on, reviewers_at(review.agency_id)
    waits = ReviewLine.objects.filter(state=REVIEW_LINE.start).exclude(level=PLATFORM)
    rows = waits.filter(escalated_at__isnull=True) if late else waits.filter(_deserted(here))
    lines = _held(review_id, rows)
    moved: dict[tuple[str, str, str | None], list[ReviewLine]] = defaultdict(list)
    for line in lines:
        to = _next(line, here, late=late)
        moved[line.level, to.level, to.unit].append(line)
    for (was, level, desk), some in moved.items():
        changes: dict[str, Any] = {"level": level, "decided_at": None}
        # The desk stays with what went up: its head still sees what became of it.
        changes |= {"desk_id": desk} if desk else {}
        changes |= {"escalated_at": clock.now()} if late else {}
        facts = {"level": level, "was_level": was}
        _answered(actor, some, "escalate", events.LINE_ESCALATED, facts, **changes)
    return len(lines)


def _deserted(here: Reviewers) -> Q:
    """Lines where nobody but the holder is left to answer."""
    headed = [code for code, heads in here.heads.items() if heads]
    alone = {one.person for one in here.admins} if len(here.admins) == 1 else set()
    without = Q(level=UNIT) & ~Q(desk__in=headed)
    return without | (Q(level=AGENCY, person__in=alone) if here.admins else Q(level=AGENCY))


def _next(line: ReviewLine, here: Reviewers, *, late: bool) -> Desk:
    """The level above when it is late; else whoever answers for such an access now."""
    if late:
        return above(line.person_id, here)
    units = way_up(line.unit_id, line.unit.path if line.unit else "")
    units = units if line.level == UNIT else []
    return desk_of(units, line.person_id, here, of_platform=is_of_platform(line.role))


@transaction.atomic
def _settle(actor: Actor, review_id: UUID) -> int:
    """After the last day what nobody answered stays, is suspended or ends, as the review says.

    What waits for the platform stays in any case: the agency cannot answer for it.
    """
    review = Review.objects.filter(pk=review_id, state=REVIEW.start).first()
    if review is None or clock.today() <= review.settles_on:
        return 0
    lines = _held(review_id, ReviewLine.objects.filter(state=REVIEW_LINE.start))
    grants = {grant.id: grant for grant in locked({line.grant_id for line in lines})}
    cut = [
        line
        for line in lines
        if review.overdue != "keep"
        and line.level != PLATFORM
        and grants[line.grant_id].state == "active"
    ]
    kept = [line for line in lines if line not in cut]
    _answered(actor, kept, "keep", events.LINE_KEPT)
    if review.overdue == "suspend":
        _answered(actor, cut, "suspend", events.LINE_SUSPENDED)
        for line in cut:
            suspend_grant(actor=actor, grant_id=line.grant_id, reason=NOBODY_ANSWERED)
    else:
        _answered(actor, cut, "lapse", events.LINE_LAPSED)
        take(actor, [grants[line.grant_id] for line in cut], NOBODY_ANSWERED, _KIND)
    return len(lines)


@transaction.atomic
def _remind(review_id: UUID) -> None:
    """Each step of the reminders once; the shortest that is due, when nights were left out."""
    hold(Review.objects.filter(pk=review_id))
    review = Review.objects.select_related("agency").get(pk=review_id)
    if review.state != REVIEW.start:
        return
    days = AccessRule.value_at("review_reminder_days", clock.today(), review.agency_id or "")
    until = review.due_on if clock.today() <= review.due_on else review.settles_on
    step = step_due(days, clock.today(), until)
    # After the first day for answering, the steps begin anew for the level above.
    told = step if until == review.due_on or step is None else step + _SECOND
    if told is None or (review.reminded is not None and _told(review.reminded, told)):
        return
    Review.objects.filter(pk=review_id).update(reminded=told)
    if told >= _SECOND and (review.reminded is None or review.reminded < _SECOND):
        tell_platform(review)
    call(review, "review_reminder", until=until)


_SECOND = 1_000


def _told(last: int, step: int) -> bool:
    """Whether this step, or a later one of the same level, was told."""
    same = (last >= _SECOND) == (step >= _SECOND)
    return last <= step if same else last >= _SECOND


@transaction.atomic
def _close(actor: Actor, review_id: UUID) -> None:
    """When nothing is open any more. What was kept or suspended can be answered all the same."""
    hold(Review.objects.filter(pk=review_id))
    review = Review.objects.select_related("agency").get(pk=review_id)
    lines = ReviewLine.objects.filter(review=review)
    if review.state != REVIEW.start or lines.filter(state=REVIEW_LINE.start).exists():
        return
    counted = dict(lines.order_by().values_list("state").annotate(n=Count("id")))
    numbers = {name: counted.get(name, 0) for name in ("confirmed", "removed", "gone")}
    numbers["unanswered"] = sum(counted.get(name, 0) for name in ("kept", "suspended", "lapsed"))
    move(REVIEW, review, "close", ended_at=clock.now())
    note_review(actor, events.REVIEW_CLOSED, review, total=review.total, **numbers)
    tell_end(review, numbers)


def _answered(
    actor: Actor, lines: Sequence[ReviewLine], verb: str, event: Any, *rest: Any, **changes: Any
) -> None:
    """The same as a person's answer; lines in different states one state after the other."""
    ids = {line.grant_id for line in lines}
    rows = Grant.objects.filter(pk__in=ids).select_related("person", "agency", "unit", "company")
    grants = {grant.id: grant for grant in rows.defer(*(f"person__{n}" for n in _SEALED))}
    answer(actor, lines, grants, verb, event, *rest, **changes)


_SEALED = ("nik", "nip", "phone")
