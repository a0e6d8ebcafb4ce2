"""Telling people what became of a request or a grant, by mail and behind the bell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from gapura.access.models import AccessRequest, Grant
from gapura.access.queries.places import place_of
from gapura.access.roles import ROLES
from gapura.access.states import GRANT
from gapura.accounts.queries import people_by_id, recipient
from gapura.notifications.services import Message, notify_many


def tell(
    person: Any,
    template: str,
    thing: AccessRequest | Grant,
    *,
    event: UUID | None = None,
    **values: Any,
) -> None:
    """Tell the `person` (row of accounts) about `thing`; `template` is a file in access/mail.

    With the `event` that was recorded the mail is its receipt.
    """
    notify_many([message(person, template, thing, event=event, **values)])


def message(
    person: Any,
    template: str,
    thing: AccessRequest | Grant,
    *,
    event: UUID | None = None,
    **values: Any,
) -> Message:
    """What `tell` would tell; many of them go to `notify_many` at once."""
    request = thing if isinstance(thing, AccessRequest) else None
    place = place_of(thing)
    context = {
        "role": ROLES[thing.role].name,
        "place": place.label,
        "zone": place.zone,
        "reference": request.reference if request else "",
        **values,
    }
    link = _link(thing)
    return Message(
        recipient(person), f"access/mail/{template}.txt", context, link=link, event=event
    )


def _link(thing: AccessRequest | Grant) -> str:
    """Where the person goes on: the request, the activation of a company's role, the account."""
    if isinstance(thing, AccessRequest):
        return f"/requests/{thing.id}"
    waits = thing.company_id is not None and thing.state == GRANT.start
    return f"/company/activate/{thing.id}" if waits else "/account"


def tell_all(people: Iterable[UUID], template: str, link: str, **values: Any) -> None:
    """Tell several people the same, each in their own language."""
    tell_each([(person, values) for person in set(people)], template, link)


def tell_each(told: Sequence[tuple[UUID, Mapping[str, Any]]], template: str, link: str) -> None:
    """Tell people by one template, each with the values beside; who is gone is passed over."""
    people = people_by_id({person for person, _values in told})
    notify_many(
        Message(recipient(people[person]), f"access/mail/{template}.txt", values, link=link)
        for person, values in told
        if person in people
    )
