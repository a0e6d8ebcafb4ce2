"""The organizations room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Agencies, units, companies, appointment letters and reference data."""

    name = "gapura.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Declare who may do what here, what the log tells of the tables, whose letters count."""
        import_module("gapura.organizations.policy")
        import_module("gapura.organizations.place_policy")
        import_module("gapura.organizations.claims")
        import_module("gapura.organizations.holdings")
        import_module("gapura.organizations.erasing")
        import_module("gapura.organizations.services.counting")
