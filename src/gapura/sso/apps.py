"""The OpenID provider as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class SsoConfig(AppConfig):
    """Clients, what people allowed them, tokens and the keys that sign them."""

    name = "gapura.sso"
    label = "sso"

    def ready(self) -> None:
        """Declare who may do what here, what is written down, and what the log tells of it."""
        import_module("gapura.sso.policy")
        import_module("gapura.sso.events")
        import_module("gapura.sso.claims")
        import_module("gapura.sso.holdings")
        import_module("gapura.sso.erasing")
        # Hears of ended sign-ins, whoever ends them: a page, the worker, a command.
        import_module("gapura.sso.services.telling")
