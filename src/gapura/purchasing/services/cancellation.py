"""Cancelling a running order: a party asks with a reason, those between the parties decide."""

from uuid import UUID

from django.db import transaction

from gapura.catalog.services import release_stock
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.purchasing import events
from gapura.purchasing.permissions import Can
from gapura.purchasing.reasons import CANCEL_REASONS
from gapura.purchasing.rules import LEAST_TEXT
from gapura.purchasing.services.steps import checked_note, checked_reason, held, take


def request_cancel(*, actor: Actor, order: UUID, reason_code: str, note: str = "") -> None:
    """Ask for a running order to be cancelled; until it is decided nothing else goes on.

    :raises NoSuchOrder, Refused, NoSuchMove: not visible, not a party, handed over already.
    :raises FieldProblems: no reason of CANCEL_REASONS; `other` without a note.
    """
    note = checked_reason(reason_code, note, CANCEL_REASONS)
    with transaction.atomic():
        row = held(actor, Can.REQUEST_CANCEL, order, "request_cancel")
        row.cancel_asked_at = clock.now()
        take(
            actor,
            row,
            "request_cancel",
            events.CANCEL_REQUESTED,
            note=note,
            reason_code=reason_code,
            cancel_asked_at=row.cancel_asked_at,
        )


def grant_cancel(*, actor: Actor, order: UUID, note: str) -> None:
    """Cancel the order as was asked. What was not shipped yet is free again.

    :raises NoSuchOrder, Refused, NoSuchMove: nobody asked, not the helpdesk, decided already.
    :raises FieldProblems: note: 5 to 1,000 characters.
    """
    note = checked_note(note, least=LEAST_TEXT)
    with transaction.atomic():
        row = held(actor, Can.GRANT_CANCEL, order, "grant_cancel")
        release_stock(order=row.id)
        take(
            actor,
            row,
            "grant_cancel",
            events.CANCEL_GRANTED,
            note=note,
            ended_at=clock.now(),
        )


def refuse_cancel(*, actor: Actor, order: UUID, note: str) -> None:
    """Do not cancel it; the order goes on where it was.

    :raises NoSuchOrder, Refused, NoSuchMove: nobody asked, not the helpdesk, decided already.
    :raises FieldProblems: note: 5 to 1,000 characters.
    """
    note = checked_note(note, least=LEAST_TEXT)
    with transaction.atomic():
        row = held(actor, Can.REFUSE_CANCEL, order, "refuse_cancel")
        take(actor, row, "refuse_cancel", events.CANCEL_REFUSED, note=note)
