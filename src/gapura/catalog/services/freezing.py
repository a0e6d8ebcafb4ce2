"""A curator stops orders of a product, lets them go on, or takes the product down for good."""

from uuid import UUID

from django.db import transaction

from gapura.catalog import events
from gapura.catalog.permissions import Can
from gapura.catalog.services.loading import load, tell
from gapura.catalog.services.notes import checked_note
from gapura.catalog.services.notices import tell_company
from gapura.catalog.states import IN_REVIEW, PRODUCT, VERSION
from gapura.catalog.words import FREEZE_REASONS
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move


def freeze_product(*, actor: Actor, product: UUID, reason_code: str, note: str) -> None:
    """Stop new orders of a product; it stays visible. `reason_code` of words.FREEZE_REASONS.

    :raises NoSuchProduct, Refused, NoSuchMove: unseen, without the right, not in the catalog.
    :raises FieldProblems: reason, note.
    """
    with transaction.atomic():
        row = load(actor, product, Can.FREEZE)
        note = checked_note(note, reason_code, FREEZE_REASONS)
        changes = {"state_reason": reason_code, "state_note": note, "state_at": clock.now()}
        move(PRODUCT, row, "freeze", **changes)
        event = tell(actor, events.FROZEN, row, reason=reason_code, note=note)
        tell_company(row, "product_frozen", event, reason=FREEZE_REASONS[reason_code], note=note)


def unfreeze_product(*, actor: Actor, product: UUID, note: str) -> None:
    """Let a frozen product be ordered again.

    :raises NoSuchProduct, Refused, NoSuchMove: unseen, without the right, not frozen.
    :raises FieldProblems: note.
    """
    with transaction.atomic():
        row = load(actor, product, Can.UNFREEZE)
        note = checked_note(note)
        move(PRODUCT, row, "unfreeze", state_reason="", state_note="", state_at=clock.now())
        event = tell(actor, events.UNFROZEN, row, note=note)
        tell_company(row, "product_unfrozen", event, note=note)


def take_down_product(*, actor: Actor, product: UUID, reason_code: str, note: str) -> None:
    """Take a product out for good; it is kept for audit. `reason_code` of words.FREEZE_REASONS.

    :raises NoSuchProduct, Refused, NoSuchMove: unseen, without the right, never listed.
    :raises FieldProblems: reason, note.
    """
    with transaction.atomic():
        row = load(actor, product, Can.TAKE_DOWN)
        note = checked_note(note, reason_code, FREEZE_REASONS)
        now = clock.now()
        changes = {"state_reason": reason_code, "state_note": note, "state_at": now}
        move(PRODUCT, row, "take_down", **changes)
        if row.pending is not None and row.pending.state == IN_REVIEW:
            decided = {"decided_by": actor.person, "decided_at": now, "reason": "other"}
            move(VERSION, row.pending, "reject", note=note, **decided)
        event = tell(actor, events.TAKEN_DOWN, row, reason=reason_code, note=note)
        tell_company(
            row, "product_taken_down", event, reason=FREEZE_REASONS[reason_code], note=note
        )
