"""Reading documents by id. The caller has already decided that this actor may see this one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
    "original_bytes",
    "preview",
]


_ONE = Prepared(
    lambda key: Document.objects.filter(pk=key).values_list(
        "name",
        "content__media_type",
        "content__size",
        "content_id",
        "purpose",
        "uploaded_by",
        "uploaded_at",
    ),
    UUID(int=1),
)
_PAGES = Prepared(
    lambda content: (
        Page.objects.filter(content=content)
        .order_by("number")
        .values_list("number", "width", "height")
    ),
    "probe",
)


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
    """One document with the sizes of its previews (two queries).

    :raises NoSuchDocument: unknown id.
    """
    rows = _ONE.rows(document_id)
    if not rows:
        raise NoSuchDocument()
    name, media_type, size, sha256, purpose, uploaded_by, uploaded_at = rows[0]
    return DocumentView(
        id=document_id,
        name=name,
        media_type=media_type,
        size=size,
        sha256=sha256,
        purpose=purpose,
        pages=tuple(PageView(*row) for row in _PAGES.rows(sha256)),
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
