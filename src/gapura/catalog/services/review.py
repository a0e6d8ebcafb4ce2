"""The curator's decisions about a version: into the catalog, or back to the company."""

from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.catalog import errors, events
from gapura.catalog.models import Product, ProductVersion
from gapura.catalog.permissions import Can
from gapura.catalog.services.indexing import index
from gapura.catalog.services.loading import load, tell
from gapura.catalog.services.notes import checked_note
from gapura.catalog.services.notices import tell_company
from gapura.catalog.states import IN_REVIEW, PRODUCT, VERSION
from gapura.catalog.words import REJECT_REASONS
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move


def approve_product(*, actor: Actor, product: UUID, version: UUID) -> None:
    """Put the version that the curator looked at into the catalog.

    :raises NoSuchProduct: when the curator cannot see it.
    :raises Refused: without the role or the strength, or for a company of the curator's own.
    :raises OtherVersion: when this version is not the one in review (any more).
    :raises NameInUse: when the company has another product of that name by now.
    """
    with transaction.atomic():
        row = load(actor, product, Can.APPROVE)
        new = _in_review(row, version)
        now = clock.now()
        if row.current is not None:
            move(VERSION, row.current, "supersede")
        move(VERSION, new, "approve", decided_by=actor.person, decided_at=now)
        _publish(row, new)
        event = tell(actor, events.APPROVED, row, number=new.number, hash=new.hash)
        tell_company(row, "product_approved", event)


def _in_review(row: Product, version: UUID) -> ProductVersion:
    pending = row.pending
    if pending is None or pending.id != version or pending.state != IN_REVIEW:
        raise errors.OtherVersion()
    return pending


def _publish(row: Product, new: ProductVersion) -> None:
    now = clock.now()
    try:
        with transaction.atomic():
            move(
                PRODUCT,
                row,
                "approve",
                current_id=new.id,
                pending_id=None,
                name=new.name,
                category_id=new.category_id,
                listed_at=row.listed_at or now,
                state_at=now,
            )
    except IntegrityError as error:
        raise errors.NameInUse() from error
    index([row.id])


def reject_product(
    *, actor: Actor, product: UUID, version: UUID, reason_code: str, note: str
) -> None:
    """Send the version in review back; `reason_code` of words.REJECT_REASONS.

    A product in the catalog stays there as it was.

    :raises OtherVersion, NoSuchProduct, Refused: as `approve_product`.
    :raises FieldProblems: reason, note.
    """
    with transaction.atomic():
        row = load(actor, product, Can.REJECT)
        pending = _in_review(row, version)
        note = checked_note(note, reason_code, REJECT_REASONS)
        now = clock.now()
        told = {"reason": reason_code, "note": note}
        move(VERSION, pending, "reject", decided_by=actor.person, decided_at=now, **told)
        move(PRODUCT, row, "reject", state_at=now)
        event = tell(actor, events.REJECTED, row, number=pending.number, **told)
        tell_company(row, "product_rejected", event, reason=REJECT_REASONS[reason_code], note=note)
