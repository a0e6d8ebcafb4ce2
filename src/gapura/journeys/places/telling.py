"""Who hears of a change of a unit or an agency, and by which mail."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from gapura.access.queries import holders, touched_by
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel.texts import N_
from gapura.notifications.services import Message, notify_many
from gapura.organizations.queries import PLACE_CHANGES, agency, unit
from gapura.organizations.services import PlaceChange

ADMIN = "admin_instansi"
# People in one statement; a whole agency may be told.
BATCH = 500
# What becomes of the role that somebody holds there, as the mail says it.
_ROLES = {
    "renamed": N_("Your role goes on as it is."),
    "moved": N_("Your role goes on as it is."),
    "stay": N_(
        "Your role goes on until its own last day. A new one is asked for at the successor."
    ),
    "end": N_("Your role there ends on that day. Ask for a role at the successor if you go on."),
    "closed": N_("Your role there ends on that day."),
}


def tell_decided(change: PlaceChange) -> None:
    """Everybody who holds a role there, and the administrators."""
    values = _values(change) | {"then": _ROLES[change.grants or change.kind]}
    _mail(_touched(change), "place_changes", values)


def tell_canceled(change: PlaceChange, reason: str) -> None:
    """The same people: it will not happen."""
    _mail(_touched(change), "place_change_canceled", _values(change) | {"reason": reason})


def _touched(change: PlaceChange) -> set[UUID]:
    found = touched_by(agency=change.agency_id, unit=change.unit_id or "")
    return {*found.people, *holders(ADMIN, change.agency_id)} - {change.decided_by}


def _values(change: PlaceChange) -> dict[str, Any]:
    return {
        "kind": PLACE_CHANGES[change.kind],
        "place": unit(change.unit_id).name if change.unit_id else agency(change.agency_id).name,
        "from_day": change.from_day,
        "after": change.after,
        "deed": change.deed,
        "reason": change.reason,
    }


def _mail(people: Iterable[UUID], template: str, values: Mapping[str, Any]) -> None:
    ids = sorted(people)
    for first in range(0, len(ids), BATCH):
        rows = people_by_id(set(ids[first : first + BATCH])).values()
        notify_many(
            Message(recipient(row), f"journeys/mail/{template}.txt", dict(values), link="/account")
            for row in rows
        )
