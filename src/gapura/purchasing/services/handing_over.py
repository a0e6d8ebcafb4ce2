"""An order that was approved but not signed, back to the review: its officer left, or cannot."""

from uuid import UUID

from django.db import transaction

from gapura.kernel.actor import Actor
from gapura.purchasing import events
from gapura.purchasing.models import Clause
from gapura.purchasing.permissions import Can
from gapura.purchasing.services.steps import checked_note, deadline, held, take


def hand_over_review(*, actor: Actor, order: UUID, note: str = "") -> None:
    """Take an order back from the PPK who approved it, so that another one reviews and signs it.

    Its number and its goods stay. The letter that was made stays as an unsigned paper; the next
    approval makes a new one with its own clauses. The time to review begins anew.

    :raises NoSuchOrder, Refused, NoSuchMove, TooLate: not visible, not another PPK of the unit,
        signed or ended meanwhile, over.
    :raises FieldProblems: note: over 1,000 characters.
    """
    note = checked_note(note)
    with transaction.atomic():
        row = held(actor, Can.HAND_OVER_REVIEW, order, "hand_over_review")
        Clause.objects.filter(order=row).delete()
        row.ppk_id = None
        take(
            actor,
            row,
            "hand_over_review",
            events.REVIEW_HANDED_OVER,
            note=note,
            ppk_id=None,
            approved_at=None,
            due_at=deadline(row, "review_days"),
        )
