"""The catalog room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Categories and products as each role may see them."""

    name = "gapura.catalog"
    label = "catalog"

    def ready(self) -> None:
        """Declare who may do what here."""
        import_module("gapura.catalog.policy")
        import_module("gapura.catalog.holdings")
        import_module("gapura.catalog.erasing")
