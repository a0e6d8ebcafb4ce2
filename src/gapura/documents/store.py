"""Where bytes rest: sealed rows in PostgreSQL, behind a seam an object store could fill too."""

from collections.abc import Collection
from typing import Protocol

from gapura.documents.errors import NoSuchDocument
from gapura.documents.models import Stored
from gapura.kernel.encryption import open_sealed, seal


class Store(Protocol):
    """Bytes under keys that name their content, so that writing twice changes nothing."""

    def put(self, items: dict[str, bytes]) -> None:
        """Keep each content under its key; a key that is already there stays as it is."""

    def remove(self, keys: Collection[str]) -> None:
        """Forget what is kept under these keys; a key that is not there is none to forget."""

    def get(self, key: str) -> bytes:
        """The content.

        :raises NoSuchDocument: when nothing is kept under the key.
        """


class PostgresStore:
    """Sealed rows, written in the caller's transaction."""

    def put(self, items: dict[str, bytes]) -> None:
        """Seal and insert; the key is bound to the bytes, so rows cannot be exchanged unnoticed."""
        rows = [
            Stored(key=key, sealed=seal(content, _context(key))) for key, content in items.items()
        ]
        Stored.objects.bulk_create(rows, ignore_conflicts=True)

    def remove(self, keys: Collection[str]) -> None:
        """Delete the rows."""
        Stored.objects.filter(pk__in=keys).delete()

    def get(self, key: str) -> bytes:
        """Read and open.

        :raises NoSuchDocument: when nothing is kept under the key.
        :raises Unsealable: when the row was altered or its data key is gone.
        """
        sealed = Stored.objects.filter(pk=key).values_list("sealed", flat=True).first()
        if sealed is None:
            raise NoSuchDocument()
        return open_sealed(bytes(sealed), _context(key))


def _context(key: str) -> str:
    return f"documents_stored.sealed:{key}"


def original_key(sha256: str) -> str:
    """Key of the bytes as they were handed in."""
    return sha256


def preview_key(sha256: str, number: int) -> str:
    """Key of the picture of one page (from 1)."""
    return f"{sha256}/{number}"


STORE: Store = PostgresStore()
