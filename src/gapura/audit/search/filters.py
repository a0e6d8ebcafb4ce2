"""What to look for in the log: the filters as typed values, checked, bounded, and in words."""

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gapura.audit.addresses import find_by
from gapura.audit.errors import BadLogFilter
from gapura.audit.events import Result
from gapura.audit.search.words import words_in
from gapura.kernel.clock import JAKARTA

PAGE = 40
_MOST_CHOSEN = 100
_LAST = UUID(int=2**128 - 1)
_TEXTS = ("event", "actor", "subject", "agency", "role", "kind", "object_id", "request", "text")
# Neither what is looked for nor worth telling in the record of who looked for what.
_PLACE = frozenset({"size", "after", "before", "oldest_first"})
_NOT_TOLD = _PLACE | {"entries"}


class Whose(StrEnum):
    """Which view: one's own life, or what one's role oversees."""

    MINE = "mine"
    OVERSEEN = "overseen"


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; empty fields do not filter.

    `since` and `until` are days of Jakarta or moments with a zone; the whole day or minute that
    `until` names is included. `event` is a name or the start of one (`access.`), `names` some
    whole names, `entries` some ids (each at most 100). `kind` and `object_id` name one thing,
    `subject` is its label. `address` is an IP address, `request` the number of a request, `text`
    words (the last may be the beginning of one) in labels, usernames, facts and sentences.

    `after` and `before` are the `next` and `previous` of a page, at most one of them; with
    `oldest_first` the pages run forward in time.

    :raises BadLogFilter: for what cannot be searched for.
    """

    event: str = ""
    actor: str = ""
    subject: str = ""
    agency: str = ""
    role: str = ""
    result: str = ""
    person: UUID | None = None
    since: date | datetime | None = None
    until: date | datetime | None = None
    after: UUID | None = None
    names: tuple[str, ...] = ()
    entries: tuple[UUID, ...] = ()
    size: int = field(default=PAGE, kw_only=True)
    kind: str = field(default="", kw_only=True)
    object_id: str = field(default="", kw_only=True)
    session: UUID | None = field(default=None, kw_only=True)
    request: str = field(default="", kw_only=True)
    address: str = field(default="", kw_only=True)
    text: str = field(default="", kw_only=True)
    before: UUID | None = field(default=None, kw_only=True)
    oldest_first: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        for name in _TEXTS:
            value = getattr(self, name)
            if len(value) > 200 or "\0" in value:
                raise BadLogFilter(field=name)
        if wrong := next((name for name, bad in self._mistakes() if bad), ""):
            raise BadLogFilter(field=wrong)

    def _mistakes(self) -> tuple[tuple[str, bool], ...]:
        return (
            ("entries", max(len(self.names), len(self.entries)) > _MOST_CHOSEN),
            (
                "event",
                bool(self.event) and not re.fullmatch(r"[a-z_]+(\.[a-z_]*){0,2}", self.event),
            ),
            ("result", bool(self.result) and self.result not in set(Result)),
            ("address", bool(self.address) and find_by(self.address) is None),
            ("text", bool(self.text) and not words_in(self.text)),
            ("since", _without_zone(self.since)),
            ("until", _without_zone(self.until)),
            ("before", bool(self.before and self.after)),
        )

    def given(self) -> dict[str, str]:
        """The filters in use, for the record of who looked for what."""
        found = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _NOT_TOLD}
        return {name: str(value) for name, value in found.items() if value}

    def used(self) -> list[tuple[str, Any]]:
        """By the name of its condition, what filters; without words and the place of the page."""
        left_out = _PLACE | {"text"}
        used = [(f.name, getattr(self, f.name)) for f in fields(self) if f.name not in left_out]
        whole = self.event.count(".") == 2 and not self.event.endswith(".")
        names = {"event": "event" if whole else "prefix"}
        return [(names.get(name, name), value) for name, value in used if value]


def first_id(day: date) -> UUID:
    """The smallest UUIDv7 of a legal day in Jakarta."""
    return _id_at(datetime.combine(day, time(), ZoneInfo(JAKARTA)))


def from_start(since: date | datetime) -> UUID:
    """The smallest id that is not before the day or the moment."""
    return _id_at(since) if isinstance(since, datetime) else first_id(since)


def before_end(until: date | datetime) -> UUID:
    """The smallest id after the whole of the day, or of the moment's minute."""
    step = timedelta(minutes=1) if isinstance(until, datetime) else timedelta(days=1)
    try:
        if isinstance(until, datetime):
            return _id_at(until.replace(second=0, microsecond=0) + step)
        return first_id(until + step)
    except OverflowError:
        return _LAST


def _id_at(moment: datetime) -> UUID:
    milliseconds = max(0, min(int(moment.timestamp() * 1000), 2**48 - 1))
    return UUID(int=milliseconds << 80)


def _without_zone(given: date | datetime | None) -> bool:
    return isinstance(given, datetime) and given.tzinfo is None
