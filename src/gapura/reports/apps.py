"""The reports room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Alerts over the log, and reports that join what the rooms below hold."""

    name = "gapura.reports"
    label = "reports"

    def ready(self) -> None:
        """Declare who may do what here, and what the log tells of the tables."""
        import_module("gapura.reports.policy")
        import_module("gapura.reports.claims")
        import_module("gapura.reports.holdings")
        import_module("gapura.reports.erasing")
