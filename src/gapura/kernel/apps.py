"""The kernel as a Django app."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Holds the reference counters and the throttle windows."""

    name = "gapura.kernel"
    label = "kernel"
