"""What others do with the log: record, look through it, erase personal values, check it."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import connection, transaction

from gapura.audit import entries, events, queries
from gapura.audit.entries import Entry
from gapura.audit.errors import NotInTransaction
from gapura.audit.events import Durability, Event, Result, Subject
from gapura.audit.permissions import Can
from gapura.audit.recording import write
from gapura.audit.sealer import checkpoint, run_forever, seal, seal_all
from gapura.audit.verify import Finding, Report, verify_log
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

__all__ = [
    "Finding", "Report", "Result", "Subject", "checkpoint", "compose", "erase_personal",
    "explore_log", "record", "record_all", "run_forever", "seal", "seal_all", "show_entry",
    "verify_log",
]  # fmt: skip


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


def compose(
    actor: Actor,
    event: Event,
    subject: Subject,
    *,
    facts: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    agency: str = "",
    unit: str = "",
    person: UUID | None = None,
    result: str = Result.DONE,
    on_behalf_of: str = "",
) -> Entry:
    """Arrange one entry without writing it; hand many to `record_all`.

    `person` is whose life it concerns, `agency` the thing's (else the actor's). Ids, dates,
    decimals and enums in facts become texts; floats are refused.

    :raises BadRecord: when facts are missing, undeclared, too large or have no canonical form.
    """
    return entries.compose(
        actor,
        event,
        subject,
        facts=facts or {},
        before=before,
        after=after,
        agency=agency,
        unit=unit,
        person=person,
        result=result,
        on_behalf_of=on_behalf_of,
    )


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


def explore_log(
    *, actor: Actor, filters: queries.Filters, whose: queries.Whose = queries.Whose.MINE
) -> queries.LogPage:
    """One page of the log; looking at other people's entries is itself recorded.

    :raises Refused: without the right for this view.
    :raises BadLogFilter: for a filter that cannot be read.
    """
    page = queries.explore(actor, filters, whose)
    if whose == queries.Whose.OVERSEEN:
        facts = {"rows": len(page.rows), "filters": filters.given()}
        record(actor, events.EXPLORED, Subject("log", "log"), facts=facts)
    return page


def show_entry(*, actor: Actor, entry: UUID) -> queries.Detail:
    """One entry in full with its proof; opening another person's is itself recorded.

    :raises NoSuchEntry: when it is not there or not the actor's to read.
    """
    with transaction.atomic():
        detail = queries.event_detail(actor, entry)
        if actor.person not in {detail.actor_person, detail.person}:
            subject = Subject("entry", str(entry), detail.row.name)
            record(actor, events.SHOWN, subject, agency=detail.row.agency, person=detail.person)
    return detail


_ERASE = """
    UPDATE audit_personal SET sealed = NULL, erased_by = %s WHERE person = %s AND sealed IS NOT NULL
"""


def erase_personal(*, actor: Actor, person: UUID, basis: str) -> int:
    """Destroy salts and clear values of one person in the whole log; proofs stay valid.

    `basis` is the decision or article it rests on (Law 27/2022 articles 8, 43 and 44).

    :raises Refused: for others than the platform administrator and the system.
    """
    require(actor, Can.ERASE)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_personal WHERE person = %s", [person])
        total = (cursor.fetchone() or (0,))[0]
        facts = {"basis": basis, "entries": total}
        receipt = record(actor, events.ERASED, Subject("person", str(person)), facts=facts)
        cursor.execute(_ERASE, [receipt, person])
        erased: int = cursor.rowcount
        return erased
