"""What this room holds of people: the files they handed in."""

from gapura.documents.models import Document
from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_

FILES = Holding(
    "documents.file",
    N_("Files you handed in or that were made for you"),
    kind="files",
    purpose="procure",
    basis="public",
    keeps="orders",
    read=Table(
        Document,
        (
            "id",
            "name",
            "purpose",
            "uploaded_at",
            "content__media_type",
            "content__size",
            "content__sha256",
        ),
        "uploaded_by",
    ),
)
