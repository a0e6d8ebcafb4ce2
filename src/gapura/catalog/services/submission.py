"""The company's moves: submit and resubmit a version, withdraw a product, ask for it back."""

from uuid import UUID

from django.db import transaction

from gapura.catalog import errors, events
from gapura.catalog.models import Product, ProductVersion
from gapura.catalog.permissions import Can
from gapura.catalog.services.hashing import content_hash
from gapura.catalog.services.loading import (
    copy_version,
    load,
    newest,
    require_active,
    tell,
)
from gapura.catalog.states import DRAFT, IN_REVIEW, NEEDS_FIX, PRODUCT, VERSION, WITHDRAWN
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.problems import FieldProblems


def submit_product(*, actor: Actor, product: UUID) -> None:
    """Hand the draft to the curators: a new product, a changed one, or one that was sent back.

    :raises NoSuchProduct: for another company's.
    :raises NothingToSubmit: when no draft is waiting.
    :raises NoSuchMove: for a withdrawn product (`relist_product`) or one taken down.
    :raises FieldProblems: `pictures` (PictureNeeded) without any picture.
    """
    with transaction.atomic():
        row = load(actor, product, Can.SUBMIT)
        require_active(row.company_id)
        draft = row.pending
        if draft is None or draft.state != DRAFT:
            raise errors.NothingToSubmit()
        _hand_in(draft)
        now, facts = clock.now(), {"number": draft.number, "hash": draft.hash}
        if row.state == NEEDS_FIX:
            move(PRODUCT, row, "resubmit", state_at=now)
            tell(actor, events.RESUBMITTED, row, **facts)
        else:
            move(PRODUCT, row, "submit", state_at=now)
            tell(actor, events.SUBMITTED, row, **facts)


def _hand_in(draft: ProductVersion) -> None:
    """From here on the version's content never changes."""
    if not draft.pictures.exists():
        raise FieldProblems({"pictures": errors.PictureNeeded()})
    move(VERSION, draft, "submit", submitted_at=clock.now(), hash=content_hash(draft))


def withdraw_product(*, actor: Actor, product: UUID) -> None:
    """Take the own company's product out of the catalog; a version in review becomes a draft.

    :raises NoSuchProduct: for another company's.
    :raises NoSuchMove: when it is not in the catalog.
    """
    with transaction.atomic():
        row = load(actor, product, Can.WITHDRAW)
        move(PRODUCT, row, "withdraw", state_at=clock.now())
        if row.pending is not None and row.pending.state == IN_REVIEW:
            move(VERSION, row.pending, "recall", submitted_at=None)
        tell(actor, events.WITHDRAWN, row)


def relist_product(*, actor: Actor, product: UUID) -> None:
    """Ask for a withdrawn product to come back; it is reviewed again, with the draft if any.

    :raises NoSuchProduct: for another company's.
    :raises NoSuchMove: when it is not withdrawn.
    """
    with transaction.atomic():
        row = load(actor, product, Can.RELIST)
        require_active(row.company_id)
        if row.state != WITHDRAWN:
            raise NoSuchMove()
        draft = _to_review(actor, row)
        _hand_in(draft)
        move(PRODUCT, row, "relist", state_at=clock.now())
        tell(actor, events.RELISTED, row, number=draft.number, hash=draft.hash)


def _to_review(actor: Actor, row: Product) -> ProductVersion:
    """The draft there is, else a new version like the newest one."""
    base = newest(row)
    return base if base.state == DRAFT else copy_version(actor, row, base)
