"""The access room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles, requests and grants (Akses): who may act as what, where and until when."""

    name = "gapura.access"
    label = "access"

    def ready(self) -> None:
        """Declare who may do what here, and what the log tells of the tables."""
        import_module("gapura.access.policy")
        import_module("gapura.access.claims")
        import_module("gapura.access.holdings")
        import_module("gapura.access.erasing")
