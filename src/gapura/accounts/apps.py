"""The accounts room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The person (Profil): identity, contacts, verification, life cycle."""

    name = "gapura.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare who may do what here, and what the log tells of the tables."""
        import_module("gapura.accounts.policy")
        import_module("gapura.accounts.campaign_policy")
        import_module("gapura.accounts.keeping_policy")
        import_module("gapura.accounts.claims")
        import_module("gapura.accounts.holdings")
        import_module("gapura.accounts.erasing")
