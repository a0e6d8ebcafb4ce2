"""The purchasing room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class PurchasingConfig(AppConfig):
    """Orders of a unit with one company, signed, delivered, handed over and paid."""

    name = "gapura.purchasing"
    label = "purchasing"

    def ready(self) -> None:
        """Declare who may do what here, and what the log tells of the tables."""
        import_module("gapura.purchasing.policy")
        import_module("gapura.purchasing.claims")
        import_module("gapura.purchasing.holdings")
        import_module("gapura.purchasing.erasing")
