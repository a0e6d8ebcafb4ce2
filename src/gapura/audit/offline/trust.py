"""Whom to believe (C2SP tlog-policy): the log's key, its witnesses, how many of them are enough."""

from dataclasses import dataclass, field

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
MOST_LINES = 1000


@dataclass(slots=True)
class Policy:
    """The log's keys, the witnesses by their short names, which of them together are a quorum."""

    logs: tuple[Key, ...] = ()
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str = NONE

    def witnessed(self, note: Note) -> tuple[bool, list[str]]:
        """Whether a quorum has cosigned, and the witnesses whose cosignature is false."""
        times = {name: cosigned_at(note, key) for name, key in self.witnesses.items()}
        false = [name for name, at in times.items() if at == 0]
        return self._enough(self.quorum, {name for name, at in times.items() if at}), false

    def _enough(self, name: str, signed: set[str]) -> bool:
        if name == NONE:
            return False
        if name in self.witnesses:
            return name in signed
        least, members = self.groups[name]
        return sum(self._enough(member, signed) for member in members) >= least


def read_policy(text: str) -> Policy:
    """The policy that a file states.

    :raises BadNote: for a line that is none, a missing log, or a name that is not declared.
    """
    lines = [line.split() for line in text.splitlines() if line.strip()]
    rows = [words for words in lines[:MOST_LINES] if not words[0].startswith("#")]
    policy = Policy()
    for words in rows:
        _take(policy, words)
    if not policy.logs:
        raise BadNote("it names no log")
    return policy


def _take(policy: Policy, words: list[str]) -> None:
    known = {*policy.witnesses, *policy.groups}
    match words:
        case ["log", key, *_] if (found := read_key(key)).kind == ED25519:
            policy.logs += (found,)
            return
        case ["witness", name, key, *_] if name not in known and name != NONE:
            policy.witnesses[name] = read_key(key)
            if policy.witnesses[name].kind == COSIGNATURE:
                return
        case ["group", name, least, *members] if members and known.issuperset(members):
            numbers = {"any": 1, "all": len(members)}
            if least in numbers or least.isdecimal():
                policy.groups[name] = (numbers.get(least) or int(least), tuple(members))
                return
        case ["quorum", name] if name in known or name == NONE:
            policy.quorum = name
            return
    raise BadNote(f"line {' '.join(words)[:80]!r} cannot be read")
