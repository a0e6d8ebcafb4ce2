"""The evaluations room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Supplier performance, first form: ratings of orders, and how they were carried out."""

    name = "gapura.evaluations"
    label = "evaluations"

    def ready(self) -> None:
        """Declare who may do what here."""
        import_module("gapura.evaluations.policy")
        import_module("gapura.evaluations.holdings")
        import_module("gapura.evaluations.erasing")
