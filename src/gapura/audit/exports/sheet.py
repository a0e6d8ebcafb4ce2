"""An entry as a line of a file: its columns, and its values as its reader may see them."""

import json
from typing import Any

from gapura.audit.behalf import acting
from gapura.audit.clear import clear_values, given
from gapura.audit.proof.standing import Standing
from gapura.audit.rules import Viewer
from gapura.audit.search.explorer import Found
from gapura.audit.sentences import told_as
from gapura.kernel.texts import N_, said

NOBODY = N_("Someone who was not signed in")

# The heads of the columns are the names that machines use too: the same in both languages.
COLUMNS = (
    "leaf", "id", "occurred_at", "event", "sentence", "result", "actor", "username", "role",
    "agency", "unit", "on_behalf_of", "ip", "device", "subject_kind", "subject_id", "subject",
    "facts", "before", "after", "session", "request", "proof",
)  # fmt: skip
_SIDES = ("facts", "before", "after")


def line(viewer: Viewer, found: Found, standing: Standing) -> list[Any]:
    """The values of COLUMNS for one entry, for an overseer; sides are objects or None."""
    row, told = found.row, told_as(found.row.name)
    values = clear_values(viewer, found, json.loads(row.commitments), oversees=True)
    sides = {side: _side(getattr(row, side), values, side) for side in _SIDES}
    name = values.get("actor.name") or row.actor_username or said(NOBODY)
    about = row.subject_label or row.subject_kind
    sentence = told.sentence(sides["facts"] or {}, acting(name, row.on_behalf_of), about)
    return [
        found.leaf, row.id, row.occurred_at, row.name, sentence, row.result, name,
        row.actor_username, row.actor_role, row.agency, row.unit, row.on_behalf_of,
        values.get("actor.ip", ""), values.get("actor.user_agent", ""), row.subject_kind,
        row.subject_id, row.subject_label, *sides.values(), row.session, row.request_id,
        str(standing),
    ]  # fmt: skip


def _side(text: str | None, values: dict[str, Any], side: str) -> dict[str, Any] | None:
    personal = given(values, side)
    open_ones = json.loads(text) if text else None
    if not isinstance(open_ones, dict):
        return personal or None
    return {**open_ones, **personal}
