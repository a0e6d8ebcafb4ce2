"""Whose roles and requests a change of a unit or an agency touches, for notices."""

from dataclasses import dataclass
from uuid import UUID

from gapura.access.models import AccessRequest, Grant
from gapura.access.states import LIVE_GRANT, OPEN_REQUEST


@dataclass(frozen=True, slots=True)
class Touched:
    """Who holds a role there that was not ended, and how many requests wait there."""

    people: tuple[UUID, ...]
    grants: int
    requests: int


def touched_by(*, agency: str, unit: str = "") -> Touched:
    """What a change of a unit, or of a whole agency, touches. The caller asked the right."""
    place = {"unit": unit} if unit else {"agency": agency}
    grants = Grant.objects.filter(state__in=LIVE_GRANT, superseded_at__isnull=True, **place)
    people = tuple(grants.order_by("person_id").values_list("person_id", flat=True).distinct())
    requests = AccessRequest.objects.filter(state__in=OPEN_REQUEST, **place).count()
    return Touched(people, grants.count(), requests)
