"""Reading documents by id. The caller has already decided that this actor may see this one."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from gapura.documents.errors import NoSuchDocument
from gapura.documents.kinds import PREVIEW_MEDIA_TYPE
from gapura.documents.models import Document, Page
from gapura.documents.names import disposition
from gapura.documents.store import STORE, original_key, preview_key
from gapura.kernel.prepared import Prepared

__all__ = [
    "DocumentView",
    "Download",
    "PageView",
    "disposition",
    "get_document",
    "hashes_of",
    "left_over",
    "original_bytes",
    "preview",
]


def _one(key: UUID) -> QuerySet[Document, Any]:
    """The document with the sizes of its pages, each as JSON."""
    pages = Page.objects.filter(content=OuterRef("content")).order_by("number")
    sizes = JSONObject(number="number", width="width", height="height")
    return (
        Document.objects.filter(pk=key)
        .annotate(sizes=ArraySubquery(pages.values(size=sizes)))
        .values_list(
            "name",
            "content__media_type",
            "content__size",
            "content_id",
            "purpose",
            "uploaded_by",
            "uploaded_at",
            "sizes",
        )
    )


_ONE = Prepared(_one, UUID(int=1))


@dataclass(frozen=True, slots=True)
class PageView:
    """One page; sizes of its preview in pixels."""

    number: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What is known of a document; `size` in bytes, `sha256` of the original in hex."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    purpose: str
    pages: tuple[PageView, ...]
    uploaded_by: UUID
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Download:
    """Bytes to send, and how to label them."""

    name: str
    media_type: str
    content: bytes


def _document(document_id: UUID) -> Document:
    found = Document.objects.select_related("content").filter(pk=document_id).first()
    if found is None:
        raise NoSuchDocument()
    return found


def get_document(document_id: UUID) -> DocumentView:
    """One document with the sizes of its previews. One query.

    :raises NoSuchDocument: unknown id.
    """
    rows = _ONE.rows(document_id)
    if not rows:
        raise NoSuchDocument()
    name, media_type, size, sha256, purpose, uploaded_by, uploaded_at, pages = rows[0]
    return DocumentView(
        id=document_id,
        name=name,
        media_type=media_type,
        size=size,
        sha256=sha256,
        purpose=purpose,
        pages=tuple(PageView(**json.loads(page)) for page in pages),
        uploaded_by=uploaded_by,
        uploaded_at=uploaded_at,
    )


def hashes_of(documents: Collection[UUID]) -> dict[UUID, str]:
    """The SHA-256 of several originals in hex; unknown ids are left out. One query."""
    rows = Document.objects.filter(pk__in=documents)
    return dict(rows.values_list("id", "content_id"))


def original_bytes(document_id: UUID) -> Download:
    """The file exactly as it was handed in, with whatever it tells of its maker and place.

    Send it only as a download, with `disposition(name)`; show `preview` instead.
    :raises NoSuchDocument: unknown id.
    """
    found = _document(document_id)
    content = STORE.get(original_key(found.content_id))
    return Download(found.name, found.content.media_type, content)


def preview(document_id: UUID, number: int) -> Download:
    """The picture of one page, counted from 1: pixels only, safe to show.

    :raises NoSuchDocument: unknown id or page.
    """
    found = _document(document_id)
    if not 1 <= number <= found.content.page_count:
        raise NoSuchDocument()
    content = STORE.get(preview_key(found.content_id, number))
    return Download(f"{number}.webp", PREVIEW_MEDIA_TYPE, content)


def left_over(purpose: str, before: datetime, used: Collection[UUID], limit: int) -> list[UUID]:
    """Documents of a purpose that were handed in before a moment and are not among `used`."""
    rows = Document.objects.filter(purpose=purpose, uploaded_at__lt=before).exclude(pk__in=used)
    return list(rows.order_by("uploaded_at").values_list("id", flat=True)[:limit])
