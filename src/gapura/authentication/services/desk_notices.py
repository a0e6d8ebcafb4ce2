"""Tells the security desk: the platform's administrators, and those of the person's agency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gapura.access.queries import holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.notifications.services import notify

if TYPE_CHECKING:
    from gapura.accounts.models import Person

DESK = "/console/security"
# So many are told of one thing; the desk's page shows it to the others.
_MOST_TOLD = 20


def tell_desk(mail: str, about: Person, *, but: UUID, link: str) -> None:
    """Tell who may decide on this person, except the person and whoever asks."""
    people = set(desk_of(about.agency)) - {about.id, but}
    _tell(people, mail, {"person": about.name}, link)


def tell_found(agencies: Mapping[str, int], but: set[UUID]) -> None:
    """One mail to each administrator for all that was found anew, by agency; `but` are suspects."""
    platform = set(holders("admin_platform")) - but
    _tell(platform, "suspicions_found", {"count": sum(agencies.values())}, DESK)
    for agency, count in agencies.items():
        local = set(holders("admin_instansi", agency)) if agency else set()
        _tell(local - platform - but, "suspicions_found", {"count": count}, DESK)


def desk_of(agency: str) -> list[UUID]:
    """The administrators who watch accounts of an agency; of none, the platform's alone."""
    local = holders("admin_instansi", agency) if agency else []
    return sorted({*holders("admin_platform"), *local})


def _tell(people: set[UUID], mail: str, facts: Mapping[str, Any], link: str) -> None:
    chosen = set(sorted(people)[:_MOST_TOLD])
    for one in people_by_id(chosen).values():
        notify(recipient(one), f"authentication/mail/{mail}.txt", facts, link=link)
