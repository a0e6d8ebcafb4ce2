"""From an act to a row and from a row to its leaf: the only place that knows an entry's columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any, NamedTuple
from uuid import UUID

from gapura.audit.addresses import kept_as
from gapura.audit.behalf import stood_in_for
from gapura.audit.canonical import NotCanonical, canonical, clean, plain
from gapura.audit.commitments import commit, context
from gapura.audit.errors import BadRecord
from gapura.audit.events import Event, Result, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7

LARGEST = 64 * 1024
USER_AGENT = 300
ACTOR, SUBJECT = "actor", "subject"
# The names of values that are kept in the actor's part begin so: `actor.ip`, `actor.facts.reason`.
OF_ACTOR = f"{ACTOR}."
_SIDES = ("facts", "before", "after")


class Row(NamedTuple):
    """An entry as it lies in the table, all columns as text: so it is hashed as it is."""

    id: str
    xid: str
    recorded_at: str
    occurred_at: str
    name: str
    readers: str
    result: str
    actor_person: str | None
    actor_username: str
    actor_role: str
    grant_id: str | None
    agency: str
    unit: str
    session: str | None
    request_id: str
    subject_kind: str
    subject_id: str
    subject_label: str
    person: str | None
    on_behalf_of: str
    facts: str
    before: str | None
    after: str | None
    commitments: str


COLUMNS = Row._fields
WRITTEN = tuple(name for name in COLUMNS if name not in {"xid", "recorded_at"})
JSON = frozenset({"facts", "before", "after", "commitments"})
_AS_TEXT = "{0}.{1}::text"
_AS_MOMENT = """to_char({0}.{1} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_READ = {
    **dict.fromkeys(("id", "xid", "actor_person", "grant_id", "session", "person"), _AS_TEXT),
    **dict.fromkeys(("recorded_at", "occurred_at"), _AS_MOMENT),
    **dict.fromkeys(JSON, _AS_TEXT),
}
# Names in the order of RFC 8785; what is JSON already is taken as it was written.
_PIECES = tuple(
    (f'"{name}":', COLUMNS.index(name), str if name in JSON else encode_basestring)
    for name in sorted(COLUMNS)
)


class Part(NamedTuple):
    """The personal values of one side of an entry, sealed; the actor's is found by `address`."""

    event_id: UUID
    part: str
    person: UUID | None
    sealed: bytes
    address: bytes | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that is ready to be written."""

    id: UUID
    values: tuple[Any, ...]
    parts: tuple[Part, ...]


def select(alias: str) -> str:
    """The columns of `Row` for a SELECT."""
    return ", ".join(_READ.get(name, "{0}.{1}").format(alias, name) for name in COLUMNS)


def leaf_data(row: Row) -> bytes:
    """The canonical bytes that a leaf is the hash of: the RFC 8785 object of all columns."""
    pieces = [
        key + ("null" if (value := row[place]) is None else turn(value))
        for key, place, turn in _PIECES
    ]
    return ("{" + ",".join(pieces) + "}").encode()


def compose(
    actor: Actor,
    event: Event,
    subject: Subject,
    *,
    facts: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    agency: str,
    unit: str,
    person: UUID | None,
    result: str,
    on_behalf_of: str,
    readers: str,
) -> Entry:
    """Check and arrange an entry; nothing is written.

    :raises BadRecord: for missing, undeclared or too large facts, or a kind not canonical.
    """
    _check_facts(event, facts)
    sides, about = _split(event, facts, before, after)
    event_id = uuid7()
    public, parts = _kept_apart(actor, event_id, person, about)
    data = [*(_json(sides[side]) for side in _SIDES), _json(public)]
    if sum(len(text) for text in data if text) > LARGEST:
        raise BadRecord(f"{event.name}: more than {LARGEST} bytes")
    values = (
        event_id, clock.now(), event.name, readers or event.readers.value, Result(result).value,
        actor.person, clean(actor.username or actor.system), _role(actor),
        actor.grant.id if actor.grant else None,
        agency or actor.agency, unit, actor.session, actor.request_id,
        subject.kind, subject.id, clean(subject.label)[:200], person,
        clean(on_behalf_of or stood_in_for(actor)), *data,
    )  # fmt: skip
    return Entry(event_id, values, tuple(parts))


def _kept_apart(
    actor: Actor, event_id: UUID, person: UUID | None, about: dict[str, Any]
) -> tuple[dict[str, str], list[Part]]:
    """The commitments to the personal values, and the values sealed: the actor's and the rest."""
    theirs = {field: about.pop(field) for field in tuple(about) if field.startswith(OF_ACTOR)}
    public: dict[str, str] = {}
    parts: list[Part] = []
    sides = ((ACTOR, actor.person, _of(actor) | theirs), (SUBJECT, person, about))
    for part, owner, clear in sides:
        if clear:
            commitments, sealed = commit(clear, context(event_id, part))
            public |= commitments
            parts.append(Part(event_id, part, owner, sealed, _address(actor, part)))
    return public, parts


def _role(actor: Actor) -> str:
    return "system" if actor.system else actor.role


def _of(actor: Actor) -> dict[str, Any]:
    """The actor's own personal values; scheduled work has none."""
    if actor.system:
        return {}
    found = {
        "actor.name": clean(actor.name),
        "actor.ip": actor.ip,
        "actor.user_agent": clean(actor.user_agent[:USER_AGENT]),
    }
    return {field: value for field, value in found.items() if value}


def _address(actor: Actor, part: str) -> bytes | None:
    """By which the actor's part is found; nothing for scheduled work, which has no address."""
    return kept_as(actor.ip) if part == ACTOR else None


def _check_facts(event: Event, facts: Mapping[str, Any]) -> None:
    missing = [name for name in event.needs if name not in facts]
    extra = sorted(set(facts) - event.facts)
    if missing:
        raise BadRecord(f"{event.name} needs {', '.join(missing)}")
    if extra:
        raise BadRecord(f"{event.name} does not declare {', '.join(extra)}")


def _split(
    event: Event,
    facts: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stays in the entry by side, and what is personal by `side.field`."""
    sides: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for side, given in zip(_SIDES, (facts, before, after), strict=True):
        if given is None:
            sides[side] = None
            continue
        try:
            values = plain(given)
        except NotCanonical as error:
            raise BadRecord(f"{event.name}, {side}: {error}") from error
        for name in event.personal:
            if name in values:
                personal[f"{side}.{name}"] = values.pop(name)
        for name in event.own:
            if name in values:
                personal[f"{OF_ACTOR}{side}.{name}"] = values.pop(name)
        sides[side] = values
    return sides, personal


def _json(value: Any) -> str | None:
    if value is None:
        return None
    try:
        return canonical(value).decode()
    except NotCanonical as error:
        raise BadRecord(str(error)) from error
