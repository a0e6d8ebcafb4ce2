"""The notifications room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Mail and in-app notices, sent after the change that caused them is committed."""

    name = "gapura.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Declare who may do what here."""
        import_module("gapura.notifications.policy")
        import_module("gapura.notifications.holdings")
        import_module("gapura.notifications.erasing")
