"""The privacy room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The rights of people over their data: requests with their clocks, copies, breaches."""

    name = "gapura.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Declare who may do what here, and what is held."""
        import_module("gapura.privacy.policy")
        import_module("gapura.privacy.claims")
        import_module("gapura.privacy.holdings")
        import_module("gapura.privacy.erasing")
