"""The helpdesk room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    """Cases people send when they cannot go on alone."""

    name = "gapura.helpdesk"
    label = "helpdesk"

    def ready(self) -> None:
        """Declare who may do what here."""
        import_module("gapura.helpdesk.policy")
        import_module("gapura.helpdesk.holdings")
        import_module("gapura.helpdesk.erasing")
