"""Numbers whose entries are left out of a bundle on purpose, and what the log itself says of it."""

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime, timezone
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

# Pairs `[first, past]`, rising, with a gap between one and the next.
Ranges = list[list[int]]

# For so many months after its own everything stays, whatever the dated rules say: the least that
# `archive.retention` lets anybody set, for entries and for personal parts.
ENTRIES_KEPT, PARTS_KEPT = 1, 60
ARCHIVED = "audit.month.archived"
_MONTH = re.compile(r"(20\d\d|19[7-9]\d)-(0[1-9]|1[0-2])", re.ASCII)
_LARGEST = 2**62


class SealedMonth(NamedTuple):
    """What an entry says of an archived month: how many entries, `places` of their numbers.

    `manifest` is the SHA-256 (hex) of the manifest of its files.
    """

    entries: int
    places: str
    manifest: str


class ArchiveTold(NamedTuple):
    """What an entry says of archives: its number, when it was recorded, the months in files."""

    place: int
    time: str
    months: dict[str, SealedMonth]

    def early(self) -> list[str]:
        """The months that were not over for long enough when the entry was recorded."""
        return [
            month
            for month in sorted(self.months)
            if not (_MONTH.fullmatch(month) and self.time[:7] >= free_from(month, ENTRIES_KEPT))
        ]


def extend(ranges: Ranges, index: int) -> None:
    """Add the next higher number."""
    if ranges and ranges[-1][1] == index:
        ranges[-1][1] += 1
    else:
        ranges.append([index, index + 1])


def count_in(ranges: Ranges) -> int:
    """How many numbers these are."""
    return sum(past - first for first, past in ranges)


def places(ranges: Ranges) -> str:
    """By what an entry names the numbers of a month: SHA-256 in hex of `[[first,past],...]`."""
    return sha256(json.dumps(ranges, separators=(",", ":")).encode()).hexdigest()


def sealed_months(entry: Mapping[str, Any]) -> dict[str, SealedMonth]:
    """The archived months as an entry about archives says them.

    The month that it is about itself is one of them only when it was taken out of the database.
    """
    facts = entry.get("facts")
    months = facts.get("archived") if isinstance(facts, dict) else None
    found = {
        str(month.get("month")): SealedMonth(
            number(month.get("entries")), str(month.get("places")), str(month.get("manifest"))
        )
        for month in (months if isinstance(months, list) else ())
        if isinstance(month, dict)
    }
    dropped = isinstance(facts, dict) and facts.get("dropped") is True
    if not (dropped and entry.get("name") == ARCHIVED):
        found.pop(str(entry.get("subject_id")), None)
    return found


def number(value: Any) -> int:
    """A number of entries or the number of one.

    :raises ValueError: for anything else.
    """
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise ValueError(f"{str(value)[:40]!r} is no number")
    return value


def month_of(event: Any) -> str:
    """The month (UTC) that an id of version 7 begins with, as entries write it; empty for none."""
    try:
        milliseconds = int(str(event).replace("-", "")[:12], 16)
        return datetime.fromtimestamp(milliseconds / 1000, timezone.utc).strftime("%Y-%m")  # noqa: UP017
    except (ValueError, OverflowError, OSError):
        return ""


def free_from(month: str, kept: int) -> str:
    """The first month (2021-06) in which that of another one may leave that is kept so long."""
    years, index = divmod(int(month[:4]) * 12 + int(month[5:7]) + kept, 12)
    return f"{years:04d}-{index + 1:02d}"


def _past(month: str) -> bytes:
    """What the first id after the month begins with."""
    after = free_from(month, 0)
    start = datetime(int(after[:4]), int(after[5:]), 1, tzinfo=timezone.utc)  # noqa: UP017
    digits = f"{int(start.timestamp()) * 1000:012x}"
    return f"{digits[:8]}-{digits[8:]}".encode()


class Span:
    """What the manifest says of the numbers: which are in full, which lie in archived months.

    :raises ValueError: for what cannot be so.
    """

    def __init__(self, entries: Any) -> None:
        if type(entries) is not dict:
            raise ValueError("entries")
        self.first, self.end, self.size, self.archived = (
            number(entries.get(name)) for name in ("first", "end", "size", "archived")
        )
        if not self.first <= self.end <= self.size:
            raise ValueError("first, end, size")
        self.months = _months(entries.get("archived_ranges"), self.size)
        self._flat = sorted(
            (first, past, month) for month, ranges in self.months.items() for first, past in ranges
        )
        if any(before[1] > after[0] for before, after in pairwise(self._flat)):
            raise ValueError("archived_ranges overlap")
        self._starts = [first for first, _, _ in self._flat]
        # Lines that are empty because of an archive.
        self.left_out = 0
        # Ids below this one may be of an archived month.
        self.before = max((_past(month) for month in self.months), default=b"")
        self._here: dict[str, int] = {}
        self.hand_over(frozenset())

    @property
    def in_full(self) -> bool:
        """Whether the bundle is about all numbers."""
        return (self.first, self.end) == (0, self.size)

    @property
    def ranged(self) -> int:
        """How many of the numbers in full the ranges leave out."""
        return self._within(frozenset())

    @property
    def unread(self) -> int:
        """How many of these lie in months that nobody handed over."""
        return self._within(self._given)

    def _within(self, without: frozenset[str]) -> int:
        return sum(
            max(min(past, self.end) - max(first, self.first), 0)
            for first, past, month in self._flat
            if month not in without
        )

    def hand_over(self, months: frozenset[str]) -> None:
        """The files of these months are at hand: their entries have to be there."""
        self._given = months
        self._hidden = [first for first, _, month in self._flat if month not in months]

    def stretches(self, index: int) -> int:
        """How many stretches of numbers that are not at hand begin at or before a number."""
        return bisect_right(self._hidden, index)

    def archived_in(self, index: int) -> str:
        """The archived month that the number is said to lie in; empty for none."""
        place = bisect_right(self._starts, index) - 1
        found = place >= 0 and index < self._flat[place][1]
        return self._flat[place][2] if found else ""

    def excuses(self, index: int) -> bool:
        """Whether the entry may be left out here; those in archives are counted."""
        if not self.first <= index < self.end:
            return index < self.size
        month = self.archived_in(index)
        self.left_out += bool(month)
        return bool(month) and month not in self._given

    def fills(self, index: int) -> bool:
        """Whether the entry, left out here, comes from a month that is at hand; it is counted."""
        month = self.archived_in(index)
        self.left_out += bool(month) and self.first <= index < self.end
        return month in self._given

    def ends(self) -> dict[str, int]:
        """The archived months that are not at hand, each with the number after its last one."""
        return {
            month: ranges[-1][1]
            for month, ranges in self.months.items()
            if ranges and month not in self._given
        }

    def see(self, index: int, event: str, time: bytes) -> None:
        """An entry below `before` that is here; of one recorded later only the clock was wrong."""
        month = month_of(event)
        if month in self.months and time[:7] <= month.encode() and not self.archived_in(index):
            self._here.setdefault(month, index)

    def torn(self, told_by: int) -> list[tuple[str, int]]:
        """The months an entry of which is here, up to the entry that tells of the archives.

        A month leaves as a whole: one that left in part hides somebody's entry. The entry that
        tells of it cannot be of that month either, because it was not over then.
        """
        return sorted(found for found in self._here.items() if found[1] <= told_by)

    def unproven(self, sealed: Mapping[str, SealedMonth], told_by: int) -> list[tuple[str, int]]:
        """The months, each with its first number, that no entry tells of in this very form."""
        return [
            (month, ranges[0][0] if ranges else 0)
            for month, ranges in sorted(self.months.items())
            if month not in sealed
            or sealed[month][:2] != (count_in(ranges), places(ranges))
            or (ranges and ranges[-1][1] > told_by)
        ]


def _months(value: Any, size: int) -> dict[str, Ranges]:
    if type(value) is not dict or not all(map(_MONTH.fullmatch, value)):
        raise ValueError("archived_ranges")
    for ranges in value.values():
        past = 0
        for pair in ranges if type(ranges) is list else (None,):
            if type(pair) is not list or len(pair) != 2:
                raise ValueError("archived_ranges")
            if not past <= number(pair[0]) < number(pair[1]) <= size:
                raise ValueError("archived_ranges")
            past = pair[1]
    return value
