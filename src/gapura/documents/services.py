"""Taking a file in. The room whose paper it is decides who may read it, and records it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Sum

from gapura.documents import errors, gate
from gapura.documents.erasing import erase
from gapura.documents.kinds import WEBP, Kind
from gapura.documents.limits import (
    MEBIBYTE,
    PICTURE_PIXELS,
    PICTURE_SIDE,
    PURPOSES,
    THUMBNAIL_SIDE,
    Limits,
    Purpose,
)
from gapura.documents.making import Made, made_json, make_pdf
from gapura.documents.models import Content, Document, Page
from gapura.documents.names import safe_name
from gapura.documents.store import STORE, original_key, preview_key
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor

__all__ = ["Made", "erase", "keep_made", "made_json", "make_pdf", "receive"]

MADE = "made"
# The same bytes handed in by somebody are examined like any others.
_NO_GATE = 0
_DAY = timedelta(hours=24)
_RETRY_SECONDS = 3600
# Refused files cost processor time too, so every try counts, not only what is kept.
_TRIES = throttle.Limit("documents.receive", 60, 3600)


def receive(*, actor: Actor, name: str, content: bytes, purpose: str = "letter") -> UUID:
    """Check, seal and keep one file; answers the document's id.

    The same content from the same person for the same purpose gives the same document. Takes up to
    20 seconds (0.3 usually): call it before your own transaction, which then attaches the id.
    `purpose` is a name in limits.PURPOSES. Of a purpose that is redrawn (`picture`) only the
    pixels are kept: the document is a WebP of at most 2048 px, its preview 1 one of 320 px.

    :raises FileRefused: the file is not one we take; nothing was kept.
    :raises QuotaReached: too many files or bytes in 24 hours.
    :raises GateBusy: too many files at once.
    :raises TooMany: too many tries in an hour.
    """
    if actor.person is None:
        raise ValueError("a file is handed in by a person")
    throttle.count(_TRIES, str(actor.person))
    rule = PURPOSES[purpose]
    if rule.redrawn:
        with _said_of_pictures():
            return _receive_picture(actor.person, name, content, rule)
    kind = gate.admit(name, content, rule)
    sha256 = hashlib.sha256(content).hexdigest()
    known = _own(actor.person, sha256, purpose)
    if known is not None:
        return known
    _check_quota(actor.person, len(content))
    previews = _examined(content, sha256, kind, rule)
    with transaction.atomic():
        # One person's uploads wait for each other: two at once cannot pass the quota together.
        _lock(actor.person)
        known = _own(actor.person, sha256, purpose)
        if known is not None:
            return known
        _check_quota(actor.person, len(content))
        if previews is not None:
            _keep(content, sha256, kind, previews)
        return _enter(actor.person, sha256, safe_name(name, kind.extension), purpose)


def _receive_picture(person: UUID, name: str, content: bytes, rule: Purpose) -> UUID:
    """Keep what the child process has drawn; the file itself is thrown away."""
    kind = gate.admit(name, content, rule)
    _check_quota(person, len(content))
    limits = Limits(
        kind=kind.name,
        max_pages=rule.max_pages,
        max_pixels=PICTURE_PIXELS,
        preview_width=PICTURE_SIDE,
        preview_height=PICTURE_SIDE,
        thumbnail=THUMBNAIL_SIDE,
    )
    large, small = gate.examine(content, limits)
    if min(large.width, large.height) < rule.least_side:
        raise errors.PictureTooSmall(least=rule.least_side)
    sha256 = hashlib.sha256(large.content).hexdigest()
    with transaction.atomic():
        _lock(person)
        known = _own(person, sha256, rule.name)
        if known is not None:
            return known
        _check_quota(person, len(large.content))
        _keep(large.content, sha256, WEBP, [small])
        return _enter(person, sha256, safe_name(name, WEBP.extension), rule.name)


@contextmanager
def _said_of_pictures() -> Iterator[None]:
    """Refusals speak of pictures, not of letters."""
    try:
        yield
    except errors.FileRefused as refusal:
        other = errors.FOR_PICTURES.get(type(refusal))
        if other is None:
            raise
        raise other(**refusal.values) from refusal


def keep_made(*, actor: Actor, name: str, made: Made) -> UUID:
    """Keep a file that we made, by its SHA-256; answers the document's id.

    In the caller's transaction. It passed no gate, for nobody handed it in, and is not counted
    among what the person may hand in a day. The same bytes again are the same document.
    """
    Content.objects.bulk_create(
        [
            Content(
                sha256=made.sha256,
                media_type=made.kind.media_type,
                size=len(made.content),
                page_count=made.pages,
                gate=_NO_GATE,
            )
        ],
        ignore_conflicts=True,
    )
    STORE.put({original_key(made.sha256): made.content})
    known = _own(actor.who, made.sha256, MADE)
    return known or _enter(actor.who, made.sha256, safe_name(name, made.kind.extension), MADE)


def _enter(person: UUID, sha256: str, name: str, purpose: str) -> UUID:
    row = Document.objects.create(
        content_id=sha256,
        name=name,
        purpose=purpose,
        uploaded_by=person,
        uploaded_at=clock.now(),
    )
    return row.id


def _own(person: UUID, sha256: str, purpose: str) -> UUID | None:
    rows = Document.objects.filter(uploaded_by=person, content_id=sha256, purpose=purpose)
    return rows.values_list("id", flat=True).first()


def _lock(person: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents:{person}"]
        )


def _check_quota(person: UUID, size: int) -> None:
    since = clock.now() - _DAY
    handed_in = Document.objects.filter(uploaded_by=person, uploaded_at__gt=since)
    used = handed_in.exclude(purpose=MADE).aggregate(
        files=Count("id"), size=Sum("content__size", default=0)
    )
    full = used["files"] >= settings.UPLOAD_FILES_PER_DAY
    if full or used["size"] + size > settings.UPLOAD_MEGABYTES_PER_DAY * MEBIBYTE:
        raise errors.QuotaReached(
            seconds=_RETRY_SECONDS,
            files=settings.UPLOAD_FILES_PER_DAY,
            megabytes=settings.UPLOAD_MEGABYTES_PER_DAY,
        )


def _examined(content: bytes, sha256: str, kind: Kind, rule: Purpose) -> list[gate.Preview] | None:
    """Fresh previews, or None when this very content passed the present checks before."""
    stored = Content.objects.filter(pk=sha256, gate=gate.GATE).first()
    if stored is None:
        return gate.examine(content, Limits(kind=kind.name, max_pages=rule.max_pages))
    if stored.page_count > rule.max_pages:
        raise errors.TooManyPages(limit=rule.max_pages)
    return None


def _keep(content: bytes, sha256: str, kind: Kind, previews: list[gate.Preview]) -> None:
    """Store content and previews; when another transaction was first, its rows stay."""
    row = Content(
        sha256=sha256,
        media_type=kind.media_type,
        size=len(content),
        page_count=len(previews),
        gate=gate.GATE,
    )
    Content.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["sha256"], update_fields=["gate"]
    )
    numbered = list(enumerate(previews, start=1))
    Page.objects.bulk_create(
        [Page(content_id=sha256, number=n, width=p.width, height=p.height) for n, p in numbered],
        ignore_conflicts=True,
    )
    pictures = {preview_key(sha256, number): preview.content for number, preview in numbered}
    STORE.put({original_key(sha256): content} | pictures)
