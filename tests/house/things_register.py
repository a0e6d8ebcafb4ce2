"""Kept filters of the queue for the walk."""

from collections.abc import Callable

from gapura.access.queries import QueueFilters
from gapura.access.services import save_filter
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting

Things = dict[str, object]


def _filters() -> Things:
    """One of each of two who decide."""
    kept = QueueFilters(tab="late", role="ppk")
    return {
        f"of {username}": save_filter(
            actor=acting(persona_id(username), role), name="PPK terlambat", filters=kept
        )
        for username, role in (("verifikator", "verifikator"), ("admin", "admin_platform"))
    }


MAKERS: dict[str, Callable[[], Things]] = {"filter_id": _filters}
FORMS: dict[str, dict[str, object]] = {
    "queue-filters": {"name": "Menunggu", "tab": "unclaimed", "role": "ppk"},
}
