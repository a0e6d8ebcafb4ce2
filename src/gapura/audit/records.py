"""Recording what happened: an event with its facts becomes an entry of the log."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import connection

from gapura.audit import entries
from gapura.audit.entries import Entry
from gapura.audit.errors import NotInTransaction
from gapura.audit.events import Durability, Event, Result, Subject
from gapura.audit.recording import write
from gapura.kernel.actor import Actor


class Details(TypedDict, total=False):
    """The keywords of `compose` and `record`."""

    facts: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    agency: str
    unit: str
    person: UUID | None
    result: str
    on_behalf_of: str
    readers: str


_UNSAID: Details = {
    "facts": {},
    "before": None,
    "after": None,
    "agency": "",
    "unit": "",
    "person": None,
    "result": Result.DONE,
    "on_behalf_of": "",
    "readers": "",
}


def compose(actor: Actor, event: Event, subject: Subject, **details: Unpack[Details]) -> Entry:
    """Arrange one entry without writing it; hand many to `record_all`.

    `person` is whose life it concerns, `agency` the thing's (else the actor's); `readers` are other
    ones than the event's, for an entry that tells of another. Ids, dates, decimals and enums in
    facts become texts; floats are refused.

    :raises BadRecord: when facts are missing, undeclared, too large or have no canonical form.
    """
    told: dict[str, Any] = {**_UNSAID, **details}
    told["facts"] = told["facts"] or {}
    return entries.compose(actor, event, subject, **told)


def record(actor: Actor, event: Event, subject: Subject, **details: Unpack[Details]) -> UUID:
    """Write one entry in the transaction of its change; the keywords are those of `compose`.

    :raises NotInTransaction: for an event that goes with a change, outside any transaction.
    :raises BadRecord: as `compose`.
    """
    entry = compose(actor, event, subject, **details)
    _demand_transaction(event)
    write([entry])
    return entry.id


def record_all(event: Event, composed: Iterable[Entry]) -> int:
    """Write entries of one event, hundreds in a statement; answers how many.

    :raises NotInTransaction: as `record`.
    """
    found = list(composed)
    _demand_transaction(event)
    write(found)
    return len(found)


def _demand_transaction(event: Event) -> None:
    if event.durability == Durability.WITH_CHANGE and not connection.in_atomic_block:
        raise NotInTransaction(f"{event.name} was recorded outside the transaction of its change")
