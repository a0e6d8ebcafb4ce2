"""/console/log/<id>: one entry in full, with what it takes to check its proof."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from gapura.access.queries import ROLES
from gapura.audit.permissions import Can
from gapura.audit.queries import Detail, behalf_line
from gapura.audit.services import show_entry
from gapura.authentication.queries import device_name
from gapura.kernel.clock import JAKARTA
from gapura.kernel.permissions import may
from gapura.organizations.queries import agencies_by_code, units_by_code
from gapura.web.console.field_names import FIELDS
from gapura.web.console.people import role_name
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
    detail = show_entry(actor=request.actor, entry=entry_id)
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
        "zone": zone,
    }
    return render(request, "console/entry.html", values)


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
    agencies = agencies_by_code(found["agency"]) if found["agency"] else {}
    units = units_by_code(found["unit"]) if found["unit"] else {}
    return Names(
        {code: view.name for code, view in agencies.items()},
        {code: view.name for code, view in units.items()},
        words_of(detail.row.name),
        zone,
    )
