"""The command as a Django app."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Holds no tables; its events are told on the log's pages."""

    name = "gapura.ops"
    label = "ops"

    def ready(self) -> None:
        """Register what the command records."""
        from gapura.ops import events  # noqa: F401, PLC0415 - the registry fills on import
