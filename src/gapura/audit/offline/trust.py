"""Whom to believe (C2SP tlog-policy): the log's key, its witnesses, how many of them are enough."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from gapura.audit.offline.signatures import (
    COSIGNATURE,
    ED25519,
    BadNote,
    Key,
    Note,
    cosigned_at,
    read_key,
)

NONE = "none"
MOST_LINES = 500
# Two days before the end of the year 9999: what is later no clock says.
_LAST_SECOND = 253402128000


class Cosigned(NamedTuple):
    """Whether a quorum cosigned, whose cosignature is false, and when, in POSIX seconds.

    At `by` a quorum had cosigned, `since` is the earliest moment from which on one did.
    """

    enough: bool
    false: list[str]
    since: int = 0
    by: int = 0


@dataclass(slots=True)
class Policy:
    """The log's keys, the witnesses by their short names, which of them together are a quorum."""

    logs: tuple[Key, ...] = ()
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str = ""

    def cosigned(self, note: Note) -> Cosigned:
        """Who cosigned, and when by their own clocks."""
        times = {name: cosigned_at(note, key) for name, key in self.witnesses.items()}
        good = {name: at for name, at in times.items() if at and at <= _LAST_SECOND}
        false = [name for name, at in times.items() if at is not None and name not in good]
        if not self._enough(self.quorum, set(good)):
            return Cosigned(False, false)
        moments = sorted(good.values())
        by = self._first(moments, {name: -at for name, at in good.items()}, -1)
        return Cosigned(True, false, self._first(reversed(moments), good, 1), by)

    def witnessed(self, note: Note) -> tuple[bool, list[str]]:
        """Whether a quorum has cosigned, and the witnesses whose cosignature is false."""
        return self.cosigned(note)[:2]

    def _first(self, moments: Iterable[int], times: dict[str, int], sign: int) -> int:
        """The first of the moments on one side of which there is a quorum."""
        return next(
            moment
            for moment in moments
            if self._enough(self.quorum, {n for n, at in times.items() if at >= sign * moment})
        )

    def _enough(self, name: str, signed: set[str]) -> bool:
        if name == NONE:
            return False
        if name in self.witnesses:
            return name in signed
        least, members = self.groups[name]
        return sum(self._enough(member, signed) for member in members) >= least


def read_policy(text: str) -> Policy:
    """The policy that a file states; no looser than the log's own reader.

    :raises BadNote: for a line that is none, a missing log or quorum, a name that is not declared,
        a key or member that stands there twice.
    """
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise BadNote(f"it has more than {MOST_LINES} lines")
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text) or "\x7f" in text:
        raise BadNote("it has control characters")
    policy, used = Policy(), set[str]()
    for line in lines:
        words = [word for word in line.rstrip("\r").replace("\t", " ").split(" ") if word]
        if words and not words[0].startswith("#"):
            _take(policy, words, used)
    if not policy.logs or not policy.quorum:
        raise BadNote(f"it names no {'quorum' if policy.logs else 'log'}")
    return policy


def _take(policy: Policy, words: list[str], used: set[str]) -> None:
    known = {*policy.witnesses, *policy.groups}
    match words:
        case ["log", text] | ["log", text, _]:
            policy.logs += (_new_key(text, ED25519, policy.logs),)
        case ["witness", name, text] | ["witness", name, text, _] if name not in {*known, NONE}:
            policy.witnesses[name] = _new_key(text, COSIGNATURE, policy.witnesses.values())
        case ["group", name, least, *members] if members and name not in {*known, NONE}:
            if not known.issuperset(members) or used & {*members} or _is_twice(members):
                raise BadNote(f"group {name[:80]!r}: a member is unknown, or stands twice")
            used.update(members)
            policy.groups[name] = (_least_of(least, len(members)), tuple(members))
        case ["quorum", name] if not policy.quorum and (name in known or name == NONE):
            policy.quorum = name
        case _:
            raise BadNote(f"line {' '.join(words)[:80]!r} cannot be read")


def _new_key(text: str, kind: int, there: Iterable[Key]) -> Key:
    key = read_key(text)
    raw = key.public.public_bytes_raw()
    if key.kind != kind or raw in {other.public.public_bytes_raw() for other in there}:
        raise BadNote(f"verifier key {key.name!r} is of another kind, or stands there twice")
    return key


def _is_twice(members: list[str]) -> bool:
    return len(set(members)) < len(members)


def _least_of(word: str, members: int) -> int:
    named = {"any": 1, "all": members}.get(word)
    if named is not None:
        return named
    good = word.isascii() and word.isdigit() and str(int(word[:9])) == word
    if not good or not 1 <= int(word) <= members:
        raise BadNote(f"{word[:40]} of {members} cannot be")
    return int(word)
