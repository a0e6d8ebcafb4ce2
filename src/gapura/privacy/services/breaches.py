"""The register of breaches: entered, changed, whom it concerns, told, reported, closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import known_people, note_problem, tidy_note
from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.kernel.references import next_reference
from gapura.kernel.texts import N_
from gapura.privacy.errors.breaches import NobodyToTell, NoSuchBreach, NotAllTold
from gapura.privacy.events import breaches as events
from gapura.privacy.models import Breach, BreachPerson, PrivacyRule
from gapura.privacy.permissions import Can
from gapura.privacy.purposes import KINDS
from gapura.privacy.rules.breaches import LEAST, LONGEST_NUMBER, LONGEST_REASON, MOST, TEXTS
from gapura.privacy.states.breaches import BREACH, OPEN

HOURS, WARN_HOURS = "breach.hours", "breach.warn_hours"
_CHUNK = 5000
_SHORT = N_("Write at least 10 characters.")
_WHEN = N_("It cannot have begun after it was found, nor been found after now.")
_CLASSES = N_("Choose at least one class of data.")


@dataclass(frozen=True, slots=True)
class BreachText:
    """What an officer writes: times, classes of data (keys of `purposes.KINDS`), texts by name."""

    began_at: datetime
    ended_at: datetime | None
    found_at: datetime
    classes: tuple[str, ...]
    texts: Mapping[str, str]


def enter_breach(*, actor: Actor, told: BreachText) -> UUID:
    """Write a breach down; the hours to tell of it run from when it was found (art. 46).

    :raises Refused: not the officer.
    :raises FieldProblems: times out of order, no class, a text too short or too long.
    """
    require(actor, Can.ENTER_BREACH)
    texts = _checked(told)
    with transaction.atomic():
        row = Breach(
            reference=next_reference("PDP"),
            due_at=told.found_at + _hours(HOURS, told.found_at),
            warn_at=told.found_at + _hours(WARN_HOURS, told.found_at),
            found_at=told.found_at,
            entered_by_id=actor.who,
            entered_at=clock.now(),
            **_known(told),
            **texts,
        )
        row.save(force_insert=True)
        facts = {"found_at": row.found_at, "due_at": row.due_at, "classes": ", ".join(row.classes)}
        _note(actor, events.BREACH_ENTERED, row, facts)
    return row.pk


def change_breach(*, actor: Actor, breach_id: UUID, told: BreachText) -> None:
    """What is known now; when it was found, and so the clock, stays as it was entered.

    :raises NoSuchBreach: unknown or closed.
    :raises Refused, FieldProblems: as `enter_breach`.
    """
    texts = _checked(told)
    with transaction.atomic():
        row = locked(actor, Can.CHANGE_BREACH, breach_id)
        if told.began_at > row.found_at:
            raise FieldProblems({"began_at": _WHEN})
        changed = {n: v for n, v in {**_known(told), **texts}.items() if getattr(row, n) != v}
        if changed:
            _step(actor, row, "change", events.BREACH_CHANGED, changed, fields=", ".join(changed))


def add_affected(
    *, actor: Actor, breach_id: UUID, way: str, value: str, people: Iterable[UUID], **span: Any
) -> int:
    """Put people on the list, each once however often they are found; answers how many are new.

    The journey has asked the rooms; `people` are read in pieces, so memory stays flat.
    """
    with transaction.atomic():
        row = locked(actor, Can.FIND_AFFECTED, breach_id)
        before = BreachPerson.objects.filter(breach=row).count()
        found = iter(people)
        while some := list(islice(found, _CHUNK)):
            BreachPerson.objects.bulk_create(
                [
                    BreachPerson(breach=row, person_id=who, found_by=way)
                    for who in sorted(known_people(set(some)))
                ],
                ignore_conflicts=True,
            )
        added = BreachPerson.objects.filter(breach=row).count() - before
        facts = {"way": way, "value": value, "added": added, **span}
        _step(actor, row, "find_affected", events.BREACH_AFFECTED_FOUND, {}, **facts)
    return added


def tell_affected(*, actor: Actor, breach_id: UUID) -> int:
    """Have everybody told who has not been; the job `privacy.tell_affected` does it in pieces.

    :raises NobodyToTell: the list is empty, or all have been told.
    """
    with transaction.atomic():
        row = locked(actor, Can.TELL_AFFECTED, breach_id)
        waiting = BreachPerson.objects.filter(breach=row, told_at__isnull=True).count()
        if not waiting:
            raise NobodyToTell()
        changes = {"telling_at": clock.now(), "told_at": None}
        _step(actor, row, "tell_affected", events.BREACH_AFFECTED_TOLD, changes, people=waiting)
        enqueue("privacy.tell_affected", breach=str(row.pk))
    return waiting


def report_breach(*, actor: Actor, breach_id: UUID, reported_at: datetime, number: str) -> None:
    """Write down when and under which number the authority was told.

    :raises FieldProblems: a time before it was found or after now, or no number.
    """
    number = tidy_note(number)
    with transaction.atomic():
        row = locked(actor, Can.REPORT_BREACH, breach_id)
        wrong: dict[str, Any] = {}
        if not row.found_at <= reported_at <= clock.now():
            wrong["reported_at"] = N_("This is before it was found, or in the future.")
        if not number or note_problem(number, LONGEST_NUMBER):
            wrong["number"] = N_("Write the number of the letter or of the receipt.")
        if wrong:
            raise FieldProblems(wrong)
        changes = {"reported_at": reported_at, "report_number": number}
        facts = {"reported_at": reported_at, "number": number}
        _step(actor, row, "report", events.BREACH_REPORTED, changes, **facts)


def close_breach(*, actor: Actor, breach_id: UUID, reason: str) -> None:
    """Close it: everybody was told, and so was the authority; `reason` says what was learned.

    :raises NotAllTold: somebody on the list or the authority was not.
    """
    reason = tidy_note(reason)
    with transaction.atomic():
        row = locked(actor, Can.CLOSE_BREACH, breach_id)
        if len(reason) < LEAST or note_problem(reason, LONGEST_REASON):
            raise FieldProblems({"reason": _SHORT})
        waiting = BreachPerson.objects.filter(breach=row, told_at__isnull=True).exists()
        if waiting or row.reported_at is None:
            raise NotAllTold()
        changes = {"closed_at": clock.now(), "close_reason": reason}
        _step(actor, row, "close", events.BREACH_CLOSED, changes, reason=reason)


def locked(actor: Actor, can: Can, breach_id: UUID) -> Breach:
    """The open row, once the actor may do this.

    :raises Refused: before anything is told of the row.
    :raises NoSuchBreach: unknown or closed.
    """
    require(actor, can)
    row = Breach.objects.select_for_update().filter(pk=breach_id, state=OPEN).first()
    if row is None:
        raise NoSuchBreach()
    return row


def _step(
    actor: Actor, row: Breach, verb: str, event: Event, changes: dict[str, Any], **facts: Any
) -> None:
    before = row.state
    step = move(BREACH, row, verb, **changes)
    _note(actor, event, row, facts, {"before": {"state": before}, "after": {"state": step.target}})


def _note(actor: Actor, event: Event, row: Breach, facts: dict[str, Any], more: Any = None) -> None:
    subject = Subject("breach", str(row.pk), row.reference)
    record(actor, event, subject, facts=facts, **(more or {}))


def _checked(told: BreachText) -> dict[str, str]:
    texts = {name: tidy_note(told.texts.get(name, "")) for name in TEXTS}
    wrong: dict[str, Any] = {}
    for name, text in texts.items():
        if len(text) < LEAST:
            wrong[name] = _SHORT
        elif problem := note_problem(text, MOST):
            wrong[name] = problem
    if not told.began_at <= told.found_at <= clock.now():
        wrong["found_at"] = _WHEN
    if not told.classes or set(told.classes) - set(KINDS):
        wrong["classes"] = _CLASSES
    if wrong:
        raise FieldProblems(wrong)
    return texts


def _known(told: BreachText) -> dict[str, Any]:
    return {"began_at": told.began_at, "ended_at": told.ended_at, "classes": list(told.classes)}


def _hours(key: str, found_at: datetime) -> timedelta:
    return timedelta(hours=int(PrivacyRule.value_at(key, clock.legal_day(found_at))))
