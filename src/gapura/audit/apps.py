"""The audit room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only log: events, sealer, tree, checkpoints, proofs."""

    name = "gapura.audit"
    label = "audit"

    def ready(self) -> None:
        """Register the room's permissions and events, and what the log tells of its tables."""
        import_module("gapura.audit.policy")
        import_module("gapura.audit.events")
        import_module("gapura.audit.archive.claims")
        import_module("gapura.audit.assignments.claims")
        import_module("gapura.audit.holdings")
        import_module("gapura.audit.erasing")
        # A policy that cannot be used is told at the start, not at the first page.
        import_module("gapura.audit.keys").policy()
