"""Rating the supplier of an order: once, and changed for some days."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import note_problem, tidy_note
from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.evaluations import events
from gapura.evaluations.errors import NoScore, NoteTooLong, RatingClosed
from gapura.evaluations.models import EvaluationRule, Rating
from gapura.evaluations.permissions import Can
from gapura.evaluations.rules import CRITERIA, LONGEST_NOTE, may_change, wrong_scores
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.purchasing.queries import OrderView, order_for


@dataclass(frozen=True, slots=True)
class _Given:
    """What is written: the four scores and the remark."""

    scores: dict[str, int]
    note: str


def rate_order(*, actor: Actor, order: UUID, scores: Mapping[str, int], note: str = "") -> None:
    """Rate the supplier of a handed over order; a second time changes the rating.

    `scores` holds 1 to 5 for each of `CRITERIA`. The same answers again change nothing.

    :raises NoSuchOrder: not there, or not this actor's to know of.
    :raises Refused: not the unit's PPK, nothing handed over, the own company.
    :raises FieldProblems: a criterion without a score, or a note that is too long or unreadable.
    :raises RatingClosed: it was given more than `change_days` ago.
    """
    view = order_for(actor, order)
    require(actor, Can.RATE, view.facts)
    given = _checked(scores, note)
    with transaction.atomic():
        row, is_new = Rating.objects.select_for_update().get_or_create(
            order_id=order, defaults=_first(actor, view, given)
        )
        if is_new:
            _record(actor, events.RATED, view, given)
        elif given != _Given({name: getattr(row, name) for name in CRITERIA}, row.note):
            _change(actor, row, given)
            _record(actor, events.CHANGED, view, given)


def _first(actor: Actor, view: OrderView, given: _Given) -> dict[str, object]:
    now = clock.now()
    assert actor.grant is not None  # noqa: S101 - the permission has asked for a role
    return {
        "company_id": view.facts.company,
        "agency": view.facts.agency,
        "person_id": actor.who,
        "grant": actor.grant.id,
        **given.scores,
        "note": given.note,
        "given_at": now,
        "changed_at": now,
    }


def _change(actor: Actor, row: Rating, given: _Given) -> None:
    days = int(EvaluationRule.value_at("change_days", clock.today()))
    if not may_change(row.given_at, days, clock.now()):
        raise RatingClosed(days=days)
    assert actor.grant is not None  # noqa: S101 - the permission has asked for a role
    Rating.objects.filter(pk=row.pk).update(
        **given.scores,
        note=given.note,
        person_id=actor.who,
        grant=actor.grant.id,
        changed_at=clock.now(),
    )


def _checked(scores: Mapping[str, int], note: str) -> _Given:
    note = tidy_note(note)
    problems: dict[str, Problem | str] = {name: NoScore() for name in wrong_scores(scores)}
    if len(note) > LONGEST_NOTE:
        problems["note"] = NoteTooLong(most=LONGEST_NOTE)
    elif problem := note_problem(note, LONGEST_NOTE):
        problems["note"] = problem
    if problems:
        raise FieldProblems(problems)
    return _Given({name: int(scores[name]) for name in CRITERIA}, note)


def _record(actor: Actor, event: Event, view: OrderView, given: _Given) -> None:
    said = {"note": given.note} if given.note else {}
    record(
        actor,
        event,
        Subject("order", str(view.id), view.reference),
        facts={"company": view.facts.company, **given.scores, **said},
        agency=view.facts.agency,
        unit=view.facts.unit,
    )
