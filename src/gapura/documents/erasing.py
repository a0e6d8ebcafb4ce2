"""Erasing documents for good: bytes, pictures and records, unless they were handed in twice."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from gapura.documents.models import Content, Document
from gapura.documents.store import STORE, original_key, preview_key
from gapura.kernel.erasures import declare
from gapura.kernel.holdings import Erased
from gapura.kernel.texts import N_

PAPERS = N_(
    "A letter, a contract or a paper of a company rests on this file; archives of the state and "
    "papers of accounts are kept (Law 43/2009, Law 8/1997 article 11)."
)


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


def erase_files(person: UUID, day: date) -> Erased:
    """Files that the person handed in and that no room needs; of the others the file's name goes.

    Rooms above have let go of theirs before. Which rows still name a document the tables themselves
    know: every foreign key to it is asked.
    """
    mine = set(Document.objects.filter(uploaded_by=person).values_list("pk", flat=True))
    needed = set()
    for link in Document._meta.related_objects:
        column = link.field.attname
        named = {f"{column}__in": mine}
        rows = link.related_model._default_manager.filter(**named)
        needed |= set(rows.values_list(column, flat=True))
    erase(documents=mine - needed)
    for kept in Document.objects.filter(pk__in=needed).select_related("content"):
        ending = kept.name[kept.name.rfind(".") :] if "." in kept.name else ""
        Document.objects.filter(pk=kept.pk).update(name=f"document{ending}")
    return Erased(len(mine) - len(needed), len(needed), because=PAPERS if needed else "")


declare("documents", {"file": erase_files})
