"""Adds and removes pictures of a product's draft version."""

from uuid import UUID

from django.db import transaction

from gapura.catalog import errors, events
from gapura.catalog.models import Picture
from gapura.catalog.permissions import Can
from gapura.catalog.rules import MOST_PICTURES
from gapura.catalog.services.loading import load, newest, open_draft, require_active, tell
from gapura.catalog.states import IN_REVIEW
from gapura.documents.services import receive
from gapura.kernel.actor import Actor


def add_picture(*, actor: Actor, product: UUID, name: str, content: bytes) -> UUID:
    """Add a picture; answers its document. A product in the catalog gets a new draft version.

    Calls the upload gate: keep it out of a transaction of your own. The same picture again
    changes nothing.

    :raises NoSuchProduct: for another company's.
    :raises InReview: while the version waits for the curator.
    :raises FileRefused: the file is no picture we take; nothing was kept.
    :raises TooManyPictures: the product has 6.
    """
    with transaction.atomic():
        row = load(actor, product, Can.ADD_PICTURE)
        require_active(row.company_id)
        if newest(row).state == IN_REVIEW:
            raise errors.InReview()
    document = receive(actor=actor, name=name, content=content, purpose="picture")
    with transaction.atomic():
        row = load(actor, product, Can.ADD_PICTURE)
        there = list(newest(row).pictures.values_list("document_id", "position"))
        if document in {one for one, _position in there}:
            return document
        if len(there) >= MOST_PICTURES:
            raise errors.TooManyPictures(most=MOST_PICTURES)
        draft = open_draft(actor, row)
        last = max((position for _document, position in there), default=0)
        Picture.objects.create(version=draft, document_id=document, position=last + 1)
        tell(actor, events.PICTURE_ADDED, row, document=document)
    return document


def remove_picture(*, actor: Actor, product: UUID, document: UUID) -> None:
    """Take a picture off; a product in the catalog gets a new draft version without it.

    :raises NoSuchProduct: for another company's.
    :raises NoSuchPicture: when the newest version has no such picture.
    :raises InReview: while the version waits for the curator.
    """
    with transaction.atomic():
        row = load(actor, product, Can.REMOVE_PICTURE)
        if not newest(row).pictures.filter(document=document).exists():
            raise errors.NoSuchPicture()
        open_draft(actor, row).pictures.filter(document=document).delete()
        tell(actor, events.PICTURE_REMOVED, row, document=document)
