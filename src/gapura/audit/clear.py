"""Personal values of an entry as its reader may see them: opened, hidden, erased or unreadable."""

from collections.abc import Iterable
from typing import Any

from gapura.audit.commitments import Opened, context, open_values
from gapura.audit.entries import ACTOR, OF_ACTOR, SUBJECT, Row
from gapura.audit.events import event_named
from gapura.audit.rules import Viewer, may_open
from gapura.audit.search.explorer import Found
from gapura.kernel.encryption import Unsealable
from gapura.kernel.texts import N_, said

_HIDDEN = N_("(hidden)")
_ERASED = N_("(erased)")
_UNREADABLE = N_("(unreadable)")


def clear_values(
    viewer: Viewer, found: Found, fields: Iterable[str], *, oversees: bool
) -> dict[str, Any]:
    """These personal fields of the entry: the clear value, or the word that stands for it.

    A part is opened when one of its fields is asked for.
    """
    row, own = found.row, _own(found.row.name)
    by = (row.actor_person, row.actor_role)
    opened: dict[str, Opened | str] = {}
    values: dict[str, Any] = {}
    for field in fields:
        part = ACTOR if field.startswith(OF_ACTOR) else SUBJECT
        clear = opened.get(part)
        if clear is None:
            clear = opened[part] = _open(found, part)
        if isinstance(clear, str):
            values[field] = said(clear)
        elif not may_open(field, viewer, by, row.person, oversees=oversees, own=own):
            values[field] = said(_HIDDEN)
        else:
            values[field] = clear[field][1] if field in clear else said(_UNREADABLE)
    return values


def given(values: dict[str, Any], side: str) -> dict[str, Any]:
    """The personal values of facts, before or after, by name; whoever's they are."""
    starts = (f"{side}.", f"{OF_ACTOR}{side}.")
    return {
        field.removeprefix(start): value
        for field, value in values.items()
        for start in starts
        if field.startswith(start)
    }


def _own(name: str) -> frozenset[str]:
    """Facts of whoever acted; older entries keep them in the part of the person concerned."""
    event = event_named(name)
    facts = event.own if event else ()
    return frozenset(f"{start}facts.{fact}" for fact in facts for start in ("", OF_ACTOR))


def committed(row: Row, fields: Iterable[str]) -> list[str]:
    """Those of `fields` that the entry keeps apart as personal.

    Looked for in the text: values there are base64, in which no quote can stand, and a page would
    parse forty objects for their names alone.
    """
    return [field for field in fields if f'"{field}":' in row.commitments]


def _open(found: Found, part: str) -> Opened | str:
    """Salts and clear values of a part, or the message id of why there are none."""
    sealed, erased_by = found.parts[part]
    if sealed is None:
        return _ERASED if erased_by else _UNREADABLE
    try:
        return open_values(sealed, context(found.row.id, part))
    except Unsealable:
        return _UNREADABLE
