"""Reads of the log, scoped by actor: pages, one entry with its proof, how far it is verified."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gapura.audit.behalf import acting, behalf_line
from gapura.audit.clear import clear_values, committed
from gapura.audit.entries import Row
from gapura.audit.errors import NoSuchEntry
from gapura.audit.explorer import PAGE, Filters, Found, Whose, find, find_one, find_related
from gapura.audit.keys import origin, published_key
from gapura.audit.past import states_at
from gapura.audit.permissions import Can
from gapura.audit.sealer import BACKLOG, Backlog, backlog
from gapura.audit.sentences import told_as
from gapura.audit.series import Series, entries_of_sessions, often, often_around, told_at
from gapura.audit.standing import Standing, prove, standings
from gapura.audit.watch import VerifiedUpTo, judge, verified_up_to
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, require
from gapura.kernel.texts import N_, said

__all__ = [
    "BACKLOG", "PAGE", "Backlog", "Change", "Detail", "Filters", "LogPage", "LogRow", "Series",
    "Standing", "VerifiedUpTo", "Whose", "backlog", "behalf_line", "entries_of_sessions",
    "event_detail", "explore", "often", "often_around", "origin", "published_key", "states_at",
    "told_at", "verified_up_to",
]  # fmt: skip

_NOBODY = N_("Someone who was not signed in")
# What every shown row has of whoever acted.
_WHO = ("actor.name", "actor.ip", "actor.user_agent")


# Not frozen: that takes ten times as long to make, and a page makes forty.
@dataclass(slots=True)
class LogRow:
    """An entry as its reader may see it. `sentence` is in the language active at reading.

    `actor` is the name, else the username. `ip` and `user_agent` are empty where there are none,
    and a word in brackets where they are hidden or erased.
    """

    id: UUID
    occurred_at: datetime
    sentence: str
    name: str
    result: str
    actor: str
    username: str
    role: str
    agency: str
    unit: str
    ip: str
    user_agent: str
    subject_kind: str
    subject_id: str
    subject_label: str
    on_behalf_of: str
    standing: Standing
    index: int | None

    @property
    def verified(self) -> bool:
        """Proven, from its own bytes up to the signed root."""
        return self.standing == Standing.PROVEN


@dataclass(frozen=True, slots=True)
class LogPage:
    """Rows, newest first; `next` goes into `Filters.after` for older ones."""

    rows: tuple[LogRow, ...]
    next: UUID | None
    verified: VerifiedUpTo


@dataclass(frozen=True, slots=True)
class Change:
    """One field that was set: the old and the new value; None where there was none."""

    field: str
    before: Any
    after: Any

    @property
    def differs(self) -> bool:
        """False for a field that is told for context only."""
        return bool(self.before != self.after)


@dataclass(frozen=True, slots=True)
class Detail:
    """An entry in full, with what others need to check it: index, proof (base64), signed note.

    `related` is what the same request wrote besides, as far as its reader may see it.
    """

    row: LogRow
    actor_person: UUID | None
    person: UUID | None
    facts: dict[str, Any]
    changes: tuple[Change, ...]
    recorded_at: datetime
    session: UUID | None
    grant: UUID | None
    request_id: str
    proof: tuple[str, ...]
    checkpoint: VerifiedUpTo
    related: tuple[LogRow, ...]


def explore(actor: Actor, filters: Filters, whose: Whose = Whose.MINE) -> LogPage:
    """One page: one's own life, or what one's role oversees. Two queries.

    :raises Refused: without the right for this view.
    """
    oversees = whose == Whose.OVERSEEN
    require(actor, Can.EXPLORE if oversees else Can.EXPLORE_OWN)
    found, newest = find(actor, filters, whose)
    shown = found[: min(filters.size, len(found))]
    upto = judge(newest)
    rows = _rows(actor, shown, upto, oversees=oversees)
    more = rows[-1].id if rows and len(found) > len(shown) else None
    return LogPage(rows, more, upto)


def _proof(found: Found, upto: VerifiedUpTo) -> tuple[str, ...]:
    """The inclusion proof of an entry that is in the tree, base64."""
    steps = prove(found.leaf, upto) if found.leaf is not None else []
    return tuple(base64.b64encode(step).decode() for step in steps)


def event_detail(actor: Actor, entry: UUID) -> Detail:
    """One entry in full.

    :raises NoSuchEntry: when it is not there or not the actor's to read.
    """
    found = find_one(entry)
    verdict = decide(actor, Can.SHOW, found.row) if found else None
    if found is None or not verdict:
        raise NoSuchEntry()
    oversees = "is_of_own_life" not in verdict.rule
    related = find_related(actor, found.row, Whose.OVERSEEN if oversees else Whose.MINE)
    upto = judge(found.newest)
    this, *others = _rows(actor, [found, *related], upto, oversees=oversees)
    row = found.row
    personal = json.loads(row.commitments)
    values = clear_values(str(actor.person), found, personal, oversees=oversees)
    return Detail(
        row=this,
        actor_person=_id(row.actor_person),
        person=_id(row.person),
        facts=_side(row.facts, values, "facts"),
        changes=_changes(row, values),
        recorded_at=datetime.fromisoformat(row.recorded_at),
        session=_id(row.session) if oversees or row.actor_person == str(actor.person) else None,
        grant=_id(row.grant_id),
        request_id=row.request_id,
        proof=_proof(found, upto),
        checkpoint=upto,
        related=tuple(others),
    )


def _rows(
    actor: Actor, found: list[Found], upto: VerifiedUpTo, *, oversees: bool
) -> tuple[LogRow, ...]:
    """The entries as the actor may see them, each with where it stands in the tree."""
    stand, viewer = standings(found, upto), str(actor.person)
    return tuple(_log_row(viewer, f, stand[f.row.id], oversees=oversees) for f in found)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _log_row(viewer: str, found: Found, standing: Standing, *, oversees: bool) -> LogRow:
    row, told = found.row, told_as(found.row.name)
    shown = committed(row, (*_WHO, *told.fields))
    values = clear_values(viewer, found, shown, oversees=oversees)
    name = values.get("actor.name") or row.actor_username or said(_NOBODY)
    facts = _side(row.facts, values, "facts") if told.fields else {}
    return LogRow(
        id=UUID(row.id),
        occurred_at=datetime.fromisoformat(row.occurred_at),
        sentence=told.sentence(
            facts, acting(name, row.on_behalf_of), row.subject_label or row.subject_kind
        ),
        name=row.name,
        result=row.result,
        actor=name,
        username=row.actor_username,
        role=row.actor_role,
        agency=row.agency,
        unit=row.unit,
        ip=values.get("actor.ip", ""),
        user_agent=values.get("actor.user_agent", ""),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        subject_label=row.subject_label,
        on_behalf_of=row.on_behalf_of,
        standing=standing,
        index=found.leaf,
    )


def _side(text: str | None, values: dict[str, Any], side: str) -> dict[str, Any]:
    """Facts, before or after with their personal fields put back."""
    start = f"{side}."
    personal = {f.removeprefix(start): v for f, v in values.items() if f.startswith(start)}
    given = json.loads(text) if text else {}
    return {**given, **personal} if isinstance(given, dict) else personal


def _changes(row: Row, values: dict[str, Any]) -> tuple[Change, ...]:
    before = _side(row.before, values, "before")
    after = _side(row.after, values, "after")
    names = dict.fromkeys((*before, *after))
    return tuple(Change(name, before.get(name), after.get(name)) for name in names)
