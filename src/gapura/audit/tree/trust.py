"""Whom we trust: the log's keys, the witnesses and their quorum, as C2SP tlog-policy writes it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from gapura.audit.tree.cosignatures import LOG_KEY, WITNESS_KEY, BadKey, VerifierKey, read_key

# More than the specification asks for; a policy is read by every process at its start.
MOST_LINES = 500
NOBODY = "none"


class BadPolicy(ValueError):
    """A policy that cannot be used; the text names the line."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness: its name within the policy, its key, and where it is asked (may be empty)."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these members (witnesses or groups) must have cosigned."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """What a policy file says; `text` is the file itself."""

    logs: tuple[VerifierKey, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = NOBODY
    text: str = f"quorum {NOBODY}\n"

    def satisfied(self, cosigned: Collection[str]) -> bool:
        """Whether these witnesses (names within the policy) are enough."""
        return self.quorum == NOBODY or self._holds(self.quorum, frozenset(cosigned))

    def published(self) -> str:
        """The policy for anyone: keys, groups and quorum, without addresses and remarks."""
        lines = [f"log {log}" for log in self.logs]
        lines += [f"witness {witness.name} {witness.key}" for witness in self.witnesses]
        for name, group in self.groups.items():
            lines.append(f"group {name} {group.least} {' '.join(group.members)}")
        return "\n".join([*lines, f"quorum {self.quorum}", ""])

    def _holds(self, name: str, cosigned: frozenset[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigned
        return sum(self._holds(member, cosigned) for member in group.members) >= group.least


def read_policy(text: str) -> Policy:
    """The policy in a file.

    :raises BadPolicy: for anything the format does not allow, with the number of the line.
    """
    reader = _Reader()
    if any(ord(sign) < 32 and sign not in "\t\n" for sign in text) or "\x7f" in text:
        raise BadPolicy("control characters are not allowed")
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise BadPolicy(f"more than {MOST_LINES} lines")
    for number, line in enumerate(lines, start=1):
        words = [word for word in line.replace("\t", " ").split(" ") if word]
        if not words or words[0].startswith("#"):
            continue
        try:
            reader.take(words)
        except (BadKey, BadPolicy) as error:
            raise BadPolicy(f"line {number}: {error}") from None
    return reader.policy(text)


class _Reader:
    """Takes the lines one by one: a name must be defined before it is used."""

    def __init__(self) -> None:
        self._logs: list[VerifierKey] = []
        self._witnesses: list[Witness] = []
        self._groups: dict[str, Group] = {}
        self._names: set[str] = set()
        self._members: set[str] = set()
        self._quorum = ""
        self._kinds: dict[str, Callable[[list[str]], None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._set_quorum,
        }

    def take(self, words: list[str]) -> None:
        """One line."""
        kind = self._kinds.get(words[0])
        if kind is None:
            raise BadPolicy(f"{words[0]!r} is no kind of line")
        kind(words[1:])

    def policy(self, text: str) -> Policy:
        """What was read."""
        if not self._quorum:
            raise BadPolicy("there is no quorum line")
        return Policy(tuple(self._logs), tuple(self._witnesses), self._groups, self._quorum, text)

    def _log(self, words: list[str]) -> None:
        if len(words) not in (1, 2):
            raise BadPolicy("write: log KEY [URL]")
        key = read_key(words[0], LOG_KEY)
        if key.public in {log.public for log in self._logs}:
            raise BadPolicy("this log's key stands here twice")
        self._logs.append(key)

    def _witness(self, words: list[str]) -> None:
        if len(words) not in (2, 3):
            raise BadPolicy("write: witness NAME KEY [URL]")
        key = read_key(words[1], WITNESS_KEY)
        if key.public in {witness.key.public for witness in self._witnesses}:
            raise BadPolicy("this witness's key stands here twice")
        self._name(words[0])
        self._witnesses.append(Witness(words[0], key, words[2] if len(words) == 3 else ""))

    def _group(self, words: list[str]) -> None:
        if len(words) < 3:
            raise BadPolicy("write: group NAME any|all|NUMBER MEMBER...")
        name, least, *members = words
        for member in members:
            if member not in self._names or member in self._members or members.count(member) > 1:
                raise BadPolicy(f"{member!r} is not defined above, or is a member already")
        self._name(name)
        self._members.update(members)
        self._groups[name] = Group(_least(least, len(members)), tuple(members))

    def _set_quorum(self, words: list[str]) -> None:
        if len(words) != 1 or self._quorum:
            raise BadPolicy("write one line: quorum NAME")
        if words[0] != NOBODY and words[0] not in self._names:
            raise BadPolicy(f"{words[0]!r} is not defined above")
        self._quorum = words[0]

    def _name(self, name: str) -> None:
        if name == NOBODY or name in self._names:
            raise BadPolicy(f"the name {name!r} is taken")
        self._names.add(name)


def _least(word: str, members: int) -> int:
    named = {"any": 1, "all": members}.get(word)
    if named is not None:
        return named
    if not (word.isascii() and word.isdigit()) or str(int(word[:9])) != word:
        raise BadPolicy(f"{word!r} is neither any, all nor a number")
    if not 1 <= int(word) <= members:
        raise BadPolicy(f"{word} of {members} cannot be")
    return int(word)
