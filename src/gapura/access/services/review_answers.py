"""Answering in an access review: confirming many, ending one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.errors import (
    BadReview,
    LinesAnswered,
    NoSuchReview,
    NothingChosen,
    RemovalKindMissing,
    RemovalReasonMissing,
    ReviewOver,
)
from gapura.access.kinds import REMOVAL_REASONS
from gapura.access.locks import hold
from gapura.access.models import Grant, GrantPause, Review, ReviewLine
from gapura.access.permissions import Can
from gapura.access.queries.reviewers import sees_line
from gapura.access.rules import REASON_AT_LEAST
from gapura.access.services.entries import facts_of, note_all
from gapura.access.services.grants import end, locked, restore
from gapura.access.services.notices import message
from gapura.access.states import LIVE_GRANT, REVIEW_LINE
from gapura.audit.events import Event
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, require
from gapura.kernel.problems import Problem
from gapura.kernel.states import Step
from gapura.kernel.texts import N_
from gapura.notifications.services import notify_many

# One page of them: nobody reads back more.
MOST_AT_ONCE = 50
LONGEST_REASON = 300
NOBODY_ANSWERED = N_("Nobody confirmed it in the access review.")


@dataclass(frozen=True, slots=True)
class Answered:
    """How many were confirmed, had ended by themselves, had been answered by somebody else."""

    confirmed: int
    gone: int
    taken: int


def confirm_lines(*, actor: Actor, review_id: UUID, line_ids: Iterable[UUID]) -> Answered:
    """Say of many accesses that they are still right; what was suspended unanswered works again.

    What ended meanwhile, and what somebody else answered first, is left as it is and counted.

    :raises NoSuchReview: no such review or line for this actor.
    :raises Refused: one of them is for somebody else to answer, or it is the actor's own.
    :raises ReviewOver: it was broken off.
    :raises NothingChosen: none, or more than one page.
    """
    wanted = set(line_ids)
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise NothingChosen(most=MOST_AT_ONCE)
    with transaction.atomic():
        lines = _others(actor, Can.CONFIRM_LINE, review_id, wanted)
        grants = {grant.id: grant for grant in locked({line.grant_id for line in lines})}
        free = [line for line in lines if REVIEW_LINE.step(line.state, "confirm")]
        gone = [line for line in free if not is_live(grants[line.grant_id])]
        right = [line for line in free if is_live(grants[line.grant_id])]
        waiting = [grants[line.grant_id] for line in right if _suspended_by_it(line)]
        answer(actor, right, grants, "confirm", events.LINE_CONFIRMED, decided_by_id=actor.who)
        answer(actor, gone, grants, "drop", events.LINE_DROPPED)
        for grant in waiting:
            restore(actor, grant)
        return Answered(len(right), len(gone), len(lines) - len(free))


def _suspended_by_it(line: ReviewLine) -> bool:
    """The open pause is the review's own: what a verifier suspended since stays suspended."""
    if line.state != "suspended":
        return False
    pauses = GrantPause.objects.filter(grant=line.grant_id, until__isnull=True)
    return pauses.filter(reason=NOBODY_ANSWERED, since__gte=line.decided_at).exists()


def remove_line(
    *, actor: Actor, review_id: UUID, line_id: UUID, reason_code: str, reason: str
) -> bool:
    """End one access in a review; False where it had ended by itself already.

    It ends at once, on every server. The person is told who answered, why, and the two ways to
    object: writing to an administrator, and asking for the access anew, which a verifier decides.

    :raises NoSuchReview, Refused: not visible; not for this actor to answer.
    :raises ReviewOver, LinesAnswered: broken off; somebody was first.
    :raises BadReview: no reason, or one that nobody understands.
    """
    why = {"reason_code": reason_code, "reason": _sound(reason_code, reason)}
    with transaction.atomic():
        (line,) = _others(actor, Can.REMOVE_LINE, review_id, {line_id})
        if REVIEW_LINE.step(line.state, "remove") is None:
            raise LinesAnswered()
        (grant,) = locked({line.grant_id})
        lines, grants = [line], {grant.id: grant}
        if not is_live(grant):
            answer(actor, lines, grants, "drop", events.LINE_DROPPED)
            return False
        told: dict[str, object] = {**why}
        changes = {"decided_by_id": actor.who, **why}
        answer(actor, lines, grants, "remove", events.LINE_REMOVED, told, **changes)
        take(actor, [grant], why["reason"], REMOVAL_REASONS[reason_code], actor.name)
        return True


def take(actor: Actor, grants: Sequence[Grant], reason: str, kind: str, by: str = "") -> None:
    """End locked grants as the answer of a review, and tell each person the way to object."""
    ids = end(actor, grants, "revoke", events.REVOKED, reason)
    notify_many(
        message(grant.person, "review_removed", grant, event=event, reason=reason, kind=kind, by=by)
        for grant, event in zip(grants, ids, strict=True)
    )


def is_live(grant: Grant) -> bool:
    """It has not ended, and its days are not over."""
    over = grant.ends_before is not None and grant.ends_before <= clock.today()
    return grant.state in LIVE_GRANT and grant.superseded_at is None and not over


def answer(
    actor: Actor,
    lines: Sequence[ReviewLine],
    grants: dict[UUID, Grant],
    verb: str,
    event: Event,
    facts: dict[str, object] | None = None,
    **changes: object,
) -> None:
    """Take locked lines along `verb` in one statement, with one event about each grant.

    The lines are of one state, or the verb leads from all of theirs to the same one.
    """
    if not lines:
        return
    steps = [step for line in lines if (step := REVIEW_LINE.step(line.state, verb))]
    rows = ReviewLine.objects.filter(pk__in=[line.pk for line in lines])
    rows.update(**{"state": steps[0].target, "decided_at": clock.now(), **changes})
    told = [
        _told(line, grants[line.grant_id], step, facts or {})
        for line, step in zip(lines, steps, strict=True)
    ]
    note_all(actor, event, told)


def _told(
    line: ReviewLine, grant: Grant, step: Step, facts: dict[str, object]
) -> tuple[Grant, Step, dict[str, object]]:
    about = {name: text for name, text in facts_of(grant).items() if name != "company"}
    return grant, step, {"review": line.review_id, **about, **facts}


def _sound(reason_code: str, reason: str) -> str:
    wrong: dict[str, Problem | str] = {}
    if reason_code not in REMOVAL_REASONS:
        wrong["reason_code"] = RemovalKindMissing()
    plain = reason.strip()
    if not REASON_AT_LEAST <= len(plain) <= LONGEST_REASON:
        wrong["reason"] = RemovalReasonMissing()
    if wrong:
        raise BadReview(wrong)
    return plain


def _others(actor: Actor, can: Can, review_id: UUID, wanted: set[UUID]) -> list[ReviewLine]:
    """The locked lines, once the actor may do this to each; of a review not broken off.

    What nobody answered in time can still be answered after the review is over.
    """
    hold(ReviewLine.objects.filter(pk__in=wanted, review=review_id).order_by("id"))
    review = Review.objects.filter(pk=review_id).first()
    verdict = decide(actor, Can.SEE_REVIEW, review) if review else None
    if verdict is not None and verdict.only_needs_strength:
        raise Refused(verdict)
    rows = ReviewLine.objects.filter(pk__in=wanted, review=review_id).select_related("person")
    lines = list(rows.defer("person__nik", "person__nip", "person__phone").order_by("id"))
    if review is None or not verdict or len(lines) != len(wanted):
        raise NoSuchReview()
    for line in lines:
        if not sees_line(actor, line):
            raise NoSuchReview()
        require(actor, can, line)
    if review.state == "cancelled":
        raise ReviewOver()
    return lines
