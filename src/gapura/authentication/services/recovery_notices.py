"""Tells everybody about a way back: the owner in every way there is, and those who may help."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from gapura.access.queries import holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.authentication.models import Recovery
from gapura.authentication.rules import SECONDS, VOUCHERS
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.tokens import token_hash
from gapura.kernel.encryption import lookup
from gapura.notifications.services import Recipient, notify

if TYPE_CHECKING:
    from gapura.accounts.models import Person

STOP_PAGE = "/recover/stop/"
DESK_PAGE = "/people/recoveries/"
# So many are told of one way back; the list shows it to the others.
_MOST_TOLD = 20


def stop_token(recovery_id: UUID) -> str:
    """The secret part of the link that stops it: made from the key, so every notice has the same.

    It stops one way back and opens nothing.
    """
    return base64.urlsafe_b64encode(lookup(str(recovery_id), "recovery_stop")).decode().rstrip("=")


def stop_hash(recovery_id: UUID) -> str:
    """What is kept of it."""
    return token_hash(stop_token(recovery_id))


def tell_owner(row: Recovery, template: str, *, can_stop: bool = True) -> None:
    """Tell the owner of the account in every way; the mail's link stops it while that helps."""
    link = f"{STOP_PAGE}{stop_token(row.id)}" if can_stop else "/recover/lost"
    mail, facts = f"authentication/mail/{template}.txt", _facts(row)
    tell_all_channels(row.person_id, mail, facts, link=link)
    if row.new_email:
        person: Person = row.person
        there = Recipient(None, person.name, row.new_email, person.language)
        notify(there, mail, facts, bell=False, link=link)


def tell_helpers(row: Recovery, template: str, people: Iterable[UUID]) -> None:
    """Tell those who can do the next step, except the person and whoever has vouched."""
    chosen = [one for one in people if one not in (row.person_id, row.vouched_by_id)]
    for helper in people_by_id(set(chosen[:_MOST_TOLD])).values():
        mail = f"authentication/mail/{template}.txt"
        facts = _facts(row) | {"person": row.person.name}
        notify(recipient(helper), mail, facts, link=f"{DESK_PAGE}{row.id}")


def who_vouches(kind: str, agency: str) -> list[UUID]:
    """Everybody who may vouch there now."""
    return _holding(VOUCHERS[kind], agency if kind == "vouched" else "")


def who_seconds(kind: str, agency: str) -> list[UUID]:
    """Everybody who may agree there now."""
    return _holding(SECONDS[kind], agency if kind == "vouched" else "")


def _holding(roles: Iterable[str], agency: str) -> list[UUID]:
    return sorted({one for role in roles for one in holders(role, agency)})


def _facts(row: Recovery) -> dict[str, object]:
    return {
        "reference": row.reference,
        "kind": row.kind,
        "at": row.asked_at,
        "ready_at": row.ready_at,
        "ends_at": row.ends_at,
        "fell": row.state == "stopped" and row.end_reason == "helper",
    }
