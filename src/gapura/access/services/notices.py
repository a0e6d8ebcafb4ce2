"""Telling people what became of a request or a grant, by mail and behind the bell."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gapura.access.models import AccessRequest, Grant
from gapura.access.queries.places import place_of
from gapura.access.roles import ROLES
from gapura.access.states import GRANT
from gapura.accounts.queries import people_by_id, recipient
from gapura.notifications.services import Recipient, notify


def tell(person: Any, template: str, thing: AccessRequest | Grant, **values: Any) -> None:
    """Tell the `person` (row of accounts) about `thing`; `template` is a file in access/mail."""
    request = thing if isinstance(thing, AccessRequest) else None
    place = place_of(thing)
    context = {
        "role": ROLES[thing.role].name,
        "place": place.label,
        "zone": place.zone,
        "reference": request.reference if request else "",
        **values,
    }
    notify(recipient(person), f"access/mail/{template}.txt", context, link=_link(thing))


def _link(thing: AccessRequest | Grant) -> str:
    """Where the person goes on: the request, the activation of a company's role, the account."""
    if isinstance(thing, AccessRequest):
        return f"/requests/{thing.id}"
    waits = thing.company_id is not None and thing.state == GRANT.start
    return f"/company/activate/{thing.id}" if waits else "/account"


def tell_all(people: Iterable[UUID], template: str, link: str, **values: Any) -> None:
    """Tell several people the same, each in their own language."""
    for person in people_by_id(set(people)).values():
        whom: Recipient = recipient(person)
        notify(whom, f"access/mail/{template}.txt", values, link=link)
