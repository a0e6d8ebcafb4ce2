"""A unit or an agency is renamed, moved, merged or closed: decided, told, and done if it is today.

The rules and the refusals are those of the organizations room; here whoever is touched hears of it.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from gapura.journeys.places.following import follow_change
from gapura.journeys.places.telling import tell_canceled, tell_decided
from gapura.kernel.actor import Actor
from gapura.organizations import services as organizations
from gapura.organizations.services import Decreed, PlaceChange


def rename_unit(*, actor: Actor, code: str, name: str, decreed: Decreed) -> None:
    """Give a unit another name from a day on."""
    with transaction.atomic():
        _decided(organizations.rename_unit(actor=actor, code=code, name=name, decreed=decreed))


def rename_agency(*, actor: Actor, code: str, name: str, decreed: Decreed) -> None:
    """Give an agency another name from a day on."""
    with transaction.atomic():
        _decided(organizations.rename_agency(actor=actor, code=code, name=name, decreed=decreed))


def move_unit(*, actor: Actor, code: str, parent: str, decreed: Decreed) -> None:
    """Give a unit another place in the tree from a day on."""
    with transaction.atomic():
        _decided(organizations.move_unit(actor=actor, code=code, parent=parent, decreed=decreed))


def merge_unit(*, actor: Actor, code: str, successor: str, grants: str, decreed: Decreed) -> None:
    """Let a unit go into another one; the roles there stay or end, requests that wait follow."""
    with transaction.atomic():
        change = organizations.merge_unit(
            actor=actor, code=code, successor=successor, grants=grants, decreed=decreed
        )
        _decided(change)


def close_unit(*, actor: Actor, code: str, decreed: Decreed) -> None:
    """Close a unit: the roles there end on that day."""
    day, deed, reason = decreed.from_day, decreed.deed, decreed.reason
    with transaction.atomic():
        change = organizations.close_unit(
            actor=actor, code=code, closed_on=day, reason=reason, deed=deed
        )
        _decided(change)


def close_agency(*, actor: Actor, code: str, decreed: Decreed, successor: str = "") -> None:
    """Close an agency: the roles there end on that day; `successor` is named to people."""
    day: date = decreed.from_day
    with transaction.atomic():
        change = organizations.close_agency(
            actor=actor, code=code, closed_on=day, reason=decreed.reason, deed=decreed.deed,
            successor=successor,
        )  # fmt: skip
        _decided(change)


def take_back(*, actor: Actor, change: UUID, reason: str) -> None:
    """Cancel a decided change before its day; whoever was told of it is told of this."""
    with transaction.atomic():
        row = organizations.cancel_change(actor=actor, change=change, reason=reason)
        tell_canceled(row, reason)


def _decided(change: PlaceChange) -> None:
    tell_decided(change)
    follow_change(change.id)
