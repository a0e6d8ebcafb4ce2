"""The documents room as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Holds the sealed bytes and what is known about them."""

    name = "gapura.documents"
    label = "documents"
