"""The documents room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Holds the sealed bytes and what is known about them."""

    name = "gapura.documents"
    label = "documents"

    def ready(self) -> None:
        """Declare what is held of people."""
        import_module("gapura.documents.holdings")
        import_module("gapura.documents.erasing")
