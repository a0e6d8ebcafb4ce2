"""The authentication room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class AuthenticationConfig(AppConfig):
    """Passwords, second factors, sessions and recovery."""

    name = "gapura.authentication"
    label = "authentication"

    def ready(self) -> None:
        """Declare who may do what here, and what is written down; guard the accounts."""
        import_module("gapura.authentication.policy")
        import_module("gapura.authentication.events")
        import_module("gapura.authentication.claims")
        import_module("gapura.authentication.holdings")
        import_module("gapura.authentication.erasing")
        import_module("gapura.authentication.services.guarding")
