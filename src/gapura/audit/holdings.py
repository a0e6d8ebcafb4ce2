"""What this room holds of people: their life in the log, kept searches, files, assignments."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from gapura.audit.behalf import acting
from gapura.audit.clear import clear_values, committed, given
from gapura.audit.models import Assignment, Export, SavedView
from gapura.audit.rules import Viewer
from gapura.audit.search.explorer import Filters, Found, Whose, count_found, find
from gapura.audit.sentences import told_as
from gapura.kernel.actor import Actor
from gapura.kernel.holdings import Holding, Row, Table
from gapura.kernel.texts import N_

_PAGE = 200
_MOST = 1_000_000
_WHO = ("actor.name", "actor.ip", "actor.user_agent")


@dataclass(frozen=True, slots=True)
class Life:
    """Entries of what a person did, and of what others did about them, as they may read them."""

    @property
    def places(self) -> tuple[str, ...]:
        """Both sides of an entry, and the personal values that are kept apart."""
        return ("audit_event.actor_person", "audit_event.person", "audit_personal.person")

    def rows(self, person: UUID) -> Iterator[Row]:
        """Page by page, oldest first."""
        yield from self._told(person, Filters(size=_PAGE, oldest_first=True))

    def newest(self, person: UUID, most: int) -> list[Row]:
        """The last ones, newest first; `most` up to 200."""
        reader = Actor(person=person)
        found = find(reader, Filters(size=most), Whose.MINE).found
        return [_told(Viewer(str(person), ""), each) for each in found]

    def count(self, person: UUID) -> int:
        """One query."""
        return count_found(Actor(person=person), Filters(), Whose.MINE, _MOST)

    def _told(self, person: UUID, filters: Filters) -> Iterator[Row]:
        reader, viewer = Actor(person=person), Viewer(str(person), "")
        goes_on = True
        while goes_on:
            page = find(reader, filters, Whose.MINE)
            yield from (_told(viewer, each) for each in page.found)
            goes_on = page.goes_on and bool(page.found)
            if goes_on:
                filters = replace(filters, after=UUID(page.found[-1].row.id))


def _told(viewer: Viewer, found: Found) -> dict[str, Any]:
    """One entry with its sentence; whose values are not the reader's stay hidden."""
    row, told = found.row, told_as(found.row.name)
    fields = committed(row, (*_WHO, *told.fields))
    values = clear_values(viewer, found, fields, oversees=False)
    name = values.get("actor.name") or row.actor_username
    facts = json.loads(row.facts) if told.fields and row.facts else {}
    facts |= given(values, "facts")
    about = row.subject_label or row.subject_kind
    return {
        "when": row.occurred_at,
        "what": told.sentence(facts, acting(name, row.on_behalf_of), about),
        "who": name,
        "event": row.name,
        "result": row.result,
        "ip": values.get("actor.ip", ""),
        "user_agent": values.get("actor.user_agent", ""),
        "leaf": found.leaf,
    }


def _held(name: str, title: str, read: Table, kind: str) -> Holding:
    return Holding(f"audit.{name}", title, kind, "account_for", "duty", "log", read, "person")


LIFE = Holding(
    "audit.life",
    N_("What you did, and what others did about you"),
    kind="log",
    purpose="account_for",
    basis="duty",
    keeps="log",
    read=Life(),
    origin="system",
)
VIEWS = _held(
    "view",
    N_("Searches of the log that you kept"),
    Table(SavedView, ("name", "query", "shared", "created_at", "changed_at")),
    "settings",
)
EXPORTS = _held(
    "export",
    N_("Files of log entries that you asked for"),
    Table(Export, ("number", "format", "filters", "reason", "asked_at", "rows", "gone_at")),
    "work",
)
ASSIGNMENTS = _held(
    "assignment",
    N_("Assignments under which you read the log"),
    Table(Assignment, ("number", "letter", "agencies", "units", "case", "valid", "created_at")),
    "work",
)
