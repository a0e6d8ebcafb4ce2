"""Addenda to a running order: another day of delivery, more clauses; one side asks, one answers."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems
from gapura.purchasing import events
from gapura.purchasing.errors import AddendumChanged, WrongDay
from gapura.purchasing.models import Addendum, Clause, Order
from gapura.purchasing.permissions import Can
from gapura.purchasing.rules import LONGEST_DELIVERY, other_side
from gapura.purchasing.services.lines import lines_of
from gapura.purchasing.services.papers import order_letter
from gapura.purchasing.services.review import checked_clauses
from gapura.purchasing.services.signing import keep
from gapura.purchasing.services.steps import checked_note, held, side_of, take


def propose_addendum(
    *, actor: Actor, order: UUID, deliver_by: date, clauses: Sequence[str] = ()
) -> None:
    """Propose another day of delivery and more clauses; goods and prices stay as they are.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not a party, not being carried out.
    :raises FieldProblems: deliver_by (after today, within two years), clauses.
    """
    told = checked_clauses(clauses)
    with transaction.atomic():
        row = held(actor, Can.PROPOSE_ADDENDUM, order, "propose_addendum")
        _write(row, side_of(actor), deliver_by, told)
        facts = {"deliver_by": deliver_by.isoformat()}
        if told:
            facts["clauses"] = "\n".join(told)
        take(
            actor,
            row,
            "propose_addendum",
            events.ADDENDUM_PROPOSED,
            facts=facts,
            turn=other_side(side_of(actor)),
        )


def _write(row: Order, side: str, deliver_by: date, clauses: list[str]) -> None:
    today = clock.today(row.zone)
    if not today < deliver_by <= today + LONGEST_DELIVERY:
        raise FieldProblems({"deliver_by": WrongDay()})
    last = Addendum.objects.filter(order=row).aggregate(last=Max("version"))["last"]
    Addendum.objects.create(
        order=row,
        version=(last or 0) + 1,
        side=side,
        deliver_by=deliver_by,
        clauses=clauses,
        proposed_at=clock.now(),
    )


def accept_addendum(*, actor: Actor, order: UUID, version: int) -> None:
    """Agree to addendum `version`; it becomes a paper of the order, and the order goes on.

    Call it outside a transaction: the paper is made while no row is locked.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, the other side's to answer, none open.
    :raises AddendumChanged: another one than `version` is open.
    """
    with transaction.atomic():
        row = held(actor, Can.ACCEPT_ADDENDUM, order, "accept_addendum")
        asked, clauses = _open(row, version), _clauses(row)
    row.deliver_by = asked.deliver_by
    together = [*clauses, *asked.clauses]
    ppk = row.ppk.name if row.ppk else ""
    made = order_letter(row, lines_of(row), together, ppk=ppk, addendum=asked.version)
    with transaction.atomic():
        row = held(actor, Can.ACCEPT_ADDENDUM, order, "accept_addendum")
        _answer(row, version, accepted=True)
        Clause.objects.bulk_create(
            Clause(order=row, number=number, text=text)
            for number, text in enumerate(asked.clauses, start=len(clauses) + 1)
        )
        keep(actor, row, "addendum", asked.version, made)
        take(
            actor,
            row,
            "accept_addendum",
            events.ADDENDUM_ACCEPTED,
            facts={"deliver_by": asked.deliver_by.isoformat(), "digest": made.sha256},
            turn="",
            deliver_by=asked.deliver_by,
        )


def decline_addendum(*, actor: Actor, order: UUID, version: int, note: str = "") -> None:
    """Do not agree to addendum `version`; the order goes on as it was.

    :raises NoSuchOrder, Refused, NoSuchMove: as `accept_addendum`.
    :raises AddendumChanged: another one than `version` is open.
    :raises FieldProblems: note too long.
    """
    note = checked_note(note)
    with transaction.atomic():
        row = held(actor, Can.DECLINE_ADDENDUM, order, "decline_addendum")
        _answer(row, version, accepted=False)
        take(actor, row, "decline_addendum", events.ADDENDUM_DECLINED, note=note, turn="")


def _open(row: Order, version: int) -> Addendum:
    found = Addendum.objects.filter(order=row, version=version, answered_at__isnull=True).first()
    if found is None:
        raise AddendumChanged()
    return found


def _clauses(row: Order) -> list[str]:
    return list(Clause.objects.filter(order=row).order_by("number").values_list("text", flat=True))


def _answer(row: Order, version: int, *, accepted: bool) -> None:
    asked = _open(row, version)
    asked.answered_at, asked.accepted = clock.now(), accepted
    asked.save(update_fields=["answered_at", "accepted"])
