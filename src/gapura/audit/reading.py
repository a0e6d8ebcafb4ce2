"""Entries as their readers may see them: pages, timelines, one entry in full with its proof."""

import base64
import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from gapura.audit.behalf import acting
from gapura.audit.clear import clear_values, committed, given
from gapura.audit.entries import Row
from gapura.audit.errors import NoSuchEntry
from gapura.audit.permissions import Can
from gapura.audit.proof.standing import Standing, prove, standings
from gapura.audit.proof.watch import VerifiedUpTo, judge
from gapura.audit.rules import Viewer
from gapura.audit.search.explorer import Arm, Filters, Found, Whose, find, find_one, find_related
from gapura.audit.search.looks import looks, people_of
from gapura.audit.search.timelines import arms_of
from gapura.audit.sentences import told_as
from gapura.audit.shown import Change, Detail, LogPage, LogRow
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, require
from gapura.kernel.texts import N_, said

_NOBODY = N_("Someone who was not signed in")
# What every shown row has of whoever acted.
_WHO = ("actor.name", "actor.ip", "actor.user_agent")


def explore(actor: Actor, filters: Filters, whose: Whose = Whose.MINE) -> LogPage:
    """One page: one's own life, or what one's role oversees. Two queries.

    :raises Refused: without the right for this view.
    """
    return _page(actor, filters, whose)


def timeline(
    actor: Actor, kind: str, thing: str, filters: Filters, whose: Whose = Whose.MINE
) -> LogPage:
    """All that happened to one person, request, order, letter or other thing, as far as one may
    read it: entries about it, what a person did, what followed from it, what tells its number.

    `kind` is a subject's kind (`person`, `access_request`, `order`, `letter`, ...), `thing` its
    id. Three queries; four of a thing that has a number or an id to be told by.

    :raises Refused: without the right for this view.
    """
    return _page(actor, filters, whose, arms_of(kind, thing))


def looked_at(actor: Actor, filters: Filters) -> LogPage:
    """Who else looked at the actor's data: entries of the own life that tell of a look."""
    others = Arm("e.person = %s AND e.actor_person IS DISTINCT FROM %s", (actor.person,) * 2)
    return _page(actor, replace(filters, names=looks()), Whose.MINE, [others])


def _page(actor: Actor, filters: Filters, whose: Whose, arms: list[Arm] | None = None) -> LogPage:
    oversees = whose == Whose.OVERSEEN
    require(actor, Can.EXPLORE if oversees else Can.EXPLORE_OWN)
    page = find(actor, filters, whose, arms)
    upto = judge(page.newest)
    rows = _rows(actor, page.found, upto, oversees=oversees)
    return LogPage(
        rows,
        rows[-1].id if rows and page.goes_on else None,
        upto,
        rows[0].id if rows and page.went_before else None,
        people_of(actor, page.found),
    )


def _proof(found: Found, upto: VerifiedUpTo) -> tuple[str, ...]:
    """The inclusion proof of an entry that is in the tree, base64."""
    steps = prove(found.leaf, upto) if found.leaf is not None else []
    return tuple(base64.b64encode(step).decode() for step in steps)


def event_detail(actor: Actor, entry: UUID) -> Detail:
    """One entry in full.

    :raises NoSuchEntry: when it is not there or not the actor's to read.
    """
    found, oversees = _found(actor, entry)
    related = find_related(actor, found.row, Whose.OVERSEEN if oversees else Whose.MINE)
    upto = judge(found.newest)
    this, *others = _rows(actor, [found, *related], upto, oversees=oversees)
    row, personal = found.row, json.loads(found.row.commitments)
    values = clear_values(_viewer(actor), found, personal, oversees=oversees)
    return Detail(
        row=this,
        actor_person=_id(row.actor_person),
        person=_id(row.person),
        readers=row.readers,
        facts=_side(row.facts, values, "facts"),
        changes=_changes(row, values),
        recorded_at=datetime.fromisoformat(row.recorded_at),
        session=_id(row.session) if oversees or row.actor_person == str(actor.person) else None,
        grant=_id(row.grant_id),
        request_id=row.request_id,
        proof=_proof(found, upto),
        checkpoint=upto,
        related=tuple(others),
        people=people_of(actor, [found, *related] if oversees else ()),
    )


def _found(actor: Actor, entry: UUID) -> tuple[Found, bool]:
    """The entry, and whether it is read as an overseer's and not as one's own life."""
    found = find_one(entry)
    verdict = decide(actor, Can.SHOW, found.row) if found else None
    if found is None or not verdict:
        raise NoSuchEntry()
    return found, "is_of_own_life" not in verdict.rule


def may_open(actor: Actor, entry: UUID) -> bool:
    """Whether `event_detail` would show this entry to the actor. One query."""
    found = find_one(entry)
    return found is not None and bool(decide(actor, Can.SHOW, found.row))


def _rows(
    actor: Actor, found: list[Found], upto: VerifiedUpTo, *, oversees: bool
) -> tuple[LogRow, ...]:
    """The entries as the actor may see them, each with where it stands in the tree."""
    stand, viewer = standings(found, upto), _viewer(actor)
    return tuple(_log_row(viewer, f, stand[f.row.id], oversees=oversees) for f in found)


def _viewer(actor: Actor) -> Viewer:
    return Viewer(str(actor.person), actor.role)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _log_row(viewer: Viewer, found: Found, standing: Standing, *, oversees: bool) -> LogRow:
    row, told = found.row, told_as(found.row.name)
    shown = committed(row, (*_WHO, *told.fields))
    values = clear_values(viewer, found, shown, oversees=oversees)
    name = values.get("actor.name") or row.actor_username or said(_NOBODY)
    facts = _side(row.facts, values, "facts") if told.fields else {}
    sentence = told.sentence(
        facts, acting(name, row.on_behalf_of), row.subject_label or row.subject_kind
    )
    return LogRow(
        id=UUID(row.id), occurred_at=datetime.fromisoformat(row.occurred_at), sentence=sentence,
        name=row.name, result=row.result, actor=name, username=row.actor_username,
        role=row.actor_role, agency=row.agency, unit=row.unit,
        ip=values.get("actor.ip", ""), user_agent=values.get("actor.user_agent", ""),
        subject_kind=row.subject_kind, subject_id=row.subject_id,
        subject_label=row.subject_label, on_behalf_of=row.on_behalf_of,
        standing=standing, index=found.leaf,
    )  # fmt: skip


def _side(text: str | None, values: dict[str, Any], side: str) -> dict[str, Any]:
    """Facts, before or after with their personal fields put back."""
    personal = given(values, side)
    open_ones = json.loads(text) if text else {}
    return {**open_ones, **personal} if isinstance(open_ones, dict) else personal


def _changes(row: Row, values: dict[str, Any]) -> tuple[Change, ...]:
    before = _side(row.before, values, "before")
    after = _side(row.after, values, "after")
    names = dict.fromkeys((*before, *after))
    return tuple(Change(name, before.get(name), after.get(name)) for name in names)
