"""The outside room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class OutsideConfig(AppConfig):
    """Asks other authorities, and keeps what is needed to prove that it did."""

    name = "gapura.outside"
    label = "outside"

    def ready(self) -> None:
        """Declare who may do what here."""
        import_module("gapura.outside.policy")
        import_module("gapura.outside.holdings")
        import_module("gapura.outside.erasing")
