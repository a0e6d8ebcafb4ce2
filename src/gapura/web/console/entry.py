"""/console/log/<id>: one entry in full, with what it takes to check its proof."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import urlencode

from gapura.access.queries import ROLES
from gapura.audit.permissions import Can
from gapura.audit.queries import Detail, behalf_line, looks
from gapura.audit.services import show_entry
from gapura.authentication.queries import device_name
from gapura.kernel.clock import JAKARTA
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.organizations.queries import units_by_code
from gapura.web.console.field_names import FIELDS
from gapura.web.console.log_tabs import LOG, reader_of, under_query
from gapura.web.console.people import role_name
from gapura.web.console.places import agency_names
from gapura.web.console.timeline import timeline_of
from gapura.web.console.words import (
    EMPTY,
    NO,
    RESULTS,
    STANDING_MEANS,
    STANDINGS,
    YES,
    words_of,
)
from gapura.web.shell.display import moment, tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

# Fields that hold a moment are named so in every event.
_MOMENTS = "_at"
_BY, _ABOUT = N_("Timeline of who acted"), N_("Timeline of the person it concerns")


@dataclass(frozen=True, slots=True)
class Names:
    """Agencies and units by code, what the event itself says about its codes, the reader's zone."""

    agencies: dict[str, str]
    units: dict[str, str]
    words: Mapping[str, Mapping[str, str]]
    zone: str

    def of(self, field: str, value: Any) -> str:
        """A recorded value as people read it."""
        if value is None or value == "":
            return EMPTY
        if isinstance(value, bool):
            return tr(YES if value else NO)
        if isinstance(value, list):
            return ", ".join(self.of(field, each) for each in value) or EMPTY
        if isinstance(value, dict):
            parts = (f"{field_name(name)}: {self.of(name, v)}" for name, v in value.items())
            return "; ".join(parts) or EMPTY
        return self._text(field, str(value))

    def _text(self, field: str, value: str) -> str:
        tables = {"agency": self.agencies, "unit": self.units}
        if value and field.endswith(_MOMENTS):
            return moment(datetime.fromisoformat(value), self.zone)
        if field == "role" and value in ROLES:
            return tr(ROLES[value].name)
        if word := self.words.get(field, {}).get(value):
            return tr(word)
        return tables.get(field, {}).get(value, value)


def field_name(name: str) -> str:
    """What people call a recorded field."""
    return tr(FIELDS[name]) if name in FIELDS else name.replace("_", " ")


def show(request: Request, entry_id: UUID) -> HttpResponse:
    """The entry. Opening another person's is itself recorded."""
    detail = show_entry(actor=reader_of(request), entry=entry_id)
    row, grant = detail.row, request.actor.grant
    zone = grant.zone if grant else JAKARTA
    names = _names(detail, zone)
    values = {
        "detail": detail,
        "entry": row,
        "names": names,
        "facts": [{"key": field_name(n), "value": names.of(n, v)} for n, v in detail.facts.items()],
        "changes": _changes(detail, names),
        "role": role_name(row.role),
        "behalf": behalf_line(row.on_behalf_of),
        "device": device_name(row.user_agent),
        "root": base64.b64encode(detail.checkpoint.root).decode(),
        "means": tr(STANDING_MEANS[row.standing]),
        "results": RESULTS,
        "standings": STANDINGS,
        "may_explore": may(request.actor, Can.EXPLORE),
        **_onward(request, detail),
        "zone": zone,
    }
    return render(request, "console/entry.html", values)


def _onward(request: Request, detail: Detail) -> dict[str, Any]:
    """The links that lead from an entry to others."""
    row, under = detail.row, under_query(request)
    return {
        "ways": _ways(detail, under),
        "timeline": timeline_of(row.subject_kind, row.subject_id),
        "lives": _lives(request.actor.person, detail),
        "address": f"{LOG}/{row.id}",
        "under": under,
    }


def _ways(detail: Detail, under: str) -> dict[str, str]:
    """By what an entry tells: the address of all other entries that tell the same."""
    row = detail.row
    told: dict[str, dict[str, str]] = {
        "actor": {"actor": row.username},
        "session": {"session": str(detail.session or "")},
        "request": {"request": detail.request_id},
        "thing": {"kind": row.subject_kind, "object_id": row.subject_id},
        # Hidden and erased ones are words in brackets.
        "address": {"address": "" if row.ip.startswith("(") else row.ip},
        "name": {"exact": row.name},
        "agency": {"agency": row.agency},
    }
    start = f"{under}&" if under else "?"
    return {
        way: f"{LOG}{start}{urlencode(values)}" if all(values.values()) else ""
        for way, values in told.items()
    }


def _lives(reader: UUID | None, detail: Detail) -> list[dict[str, str]]:
    """The timelines of the people an entry is by and about.

    One's own look names nobody: it would tell who it is that a name was searched for.
    """
    own_look = detail.actor_person == reader and detail.row.name in looks()
    people = [(detail.actor_person, tr(_BY)), (detail.person, tr(_ABOUT))][: 1 if own_look else 2]
    found = {person: text for person, text in people if person}
    return [{"text": text, "href": f"{LOG}/people/{person}"} for person, text in found.items()]


def _changes(detail: Detail, names: Names) -> list[dict[str, str]]:
    """Rows for the table of before and after; what was not set is empty."""

    def said(field: str, value: Any) -> str:
        return "" if value is None or value == "" else names.of(field, value)

    return [
        {
            "name": field_name(change.field),
            "before": said(change.field, change.before),
            "after": said(change.field, change.after),
        }
        for change in detail.changes
    ]


def _names(detail: Detail, zone: str) -> Names:
    sides = (
        detail.facts,
        {change.field: change.before for change in detail.changes},
        {change.field: change.after for change in detail.changes},
        {"agency": detail.row.agency, "unit": detail.row.unit},
    )
    found = {key: {str(s[key]) for s in sides if s.get(key)} for key in ("agency", "unit")}
    units = units_by_code(found["unit"]) if found["unit"] else {}
    return Names(
        agency_names(found["agency"]),
        {code: view.name for code, view in units.items()},
        words_of(detail.row.name),
        zone,
    )
