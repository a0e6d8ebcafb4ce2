"""Erasing documents for good: bytes, pictures and records, unless they were handed in twice."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from gapura.documents.models import Content, Document
from gapura.documents.store import STORE, original_key, preview_key


def erase(*, documents: Collection[UUID]) -> None:
    """Erase documents; unknown ids are skipped. The room whose paper it was decides and records it.

    Bytes that somebody handed in as another document too stay, for that one.
    """
    with transaction.atomic():
        rows = Document.objects.filter(pk__in=documents)
        named = set(rows.values_list("content_id", flat=True))
        # Held, so that nobody hands in the same bytes between the look and the erasing.
        held = list(Content.objects.select_for_update().filter(pk__in=named).order_by("pk"))
        rows.delete()
        still = Document.objects.filter(content__in=named).values_list("content_id", flat=True)
        kept = set(still)
        gone = [content for content in held if content.pk not in kept]
        STORE.remove([key for content in gone for key in _keys(content)])
        Content.objects.filter(pk__in=[content.pk for content in gone]).delete()


def _keys(content: Content) -> list[str]:
    pages = range(1, content.page_count + 1)
    return [original_key(content.sha256), *(preview_key(content.sha256, n) for n in pages)]
