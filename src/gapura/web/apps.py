"""The web room as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """HTML pages; the first word of a URL is the area."""

    name = "gapura.web"
    label = "web"

    def ready(self) -> None:
        """Register what the shell itself permits."""
        from gapura.web.shell import policy  # noqa: F401, PLC0415 - the registry fills on import
