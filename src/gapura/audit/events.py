"""What can be recorded: the registry of events, what each must tell, who may read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from gapura.audit.claims import Claim as Claim
from gapura.audit.claims import Telling as Telling
from gapura.audit.claims import steps_of as steps_of
from gapura.audit.words import Durability as Durability
from gapura.audit.words import Readers as Readers
from gapura.audit.words import Result as Result
from gapura.kernel.texts import N_

_NAME = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z_]+")
_PLACE = re.compile(r"%\((\w+)\)s")
_ALWAYS = frozenset({"actor", "subject"})

_registry: dict[str, "Event"] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of entry, named `room.noun.verb_in_past_tense`; creating it registers it.

    `sentence` is an English message id with `%(field)s` places taken from the facts, besides
    `%(actor)s` and `%(subject)s`. `needs` are facts that must be given, `optional` ones that may
    be. `personal` names fields of facts, before and after whose clear value is kept outside the
    tree. `words` are the message ids of facts that are recorded as codes; the sentence shows them.
    `money` names facts that are amounts in rupiah, recorded as plain decimals; the sentence shows
    them as people write money. `own` are facts of whoever acted, such as what was searched for:
    kept apart like personal ones, but as theirs, so that whom the event concerns is not told them.

    :raises ValueError: for a second event of that name, a malformed name or an unknown place.
    """

    name: str
    sentence: str
    needs: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    readers: Readers = Readers.AGENCY
    durability: Durability = Durability.WITH_CHANGE
    optional: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    money: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    # Every fact that may be given.
    facts: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        told = frozenset((*self.needs, *self.optional, *self.personal, *self.own))
        object.__setattr__(self, "facts", told)
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"event {self.name!r} is not named room.noun.verb")
        unknown = self.places - self.facts - _ALWAYS
        if unknown:
            raise ValueError(f"event {self.name}: no fact fills {', '.join(sorted(unknown))}")
        if shown := self.places & set(self.own):
            raise ValueError(f"event {self.name}: {', '.join(sorted(shown))} is not for all to see")
        if strange := set(self.money) - self.facts:
            raise ValueError(f"event {self.name}: {', '.join(sorted(strange))} is no fact")
        if _registry.setdefault(self.name, self) is not self:
            raise ValueError(f"event {self.name} is declared twice")

    @property
    def places(self) -> frozenset[str]:
        """The fields that the sentence shows."""
        return _places(self.sentence)


@cache
def _places(sentence: str) -> frozenset[str]:
    return frozenset(_PLACE.findall(sentence))


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about. `label`: a public reference or username, no personal number."""

    kind: str
    id: str
    label: str = ""


def all_events() -> dict[str, Event]:
    """Every event that the rooms have declared, by name."""
    return dict(_registry)


def event_named(name: str) -> Event | None:
    """The event of that name, or None for one that is no longer declared."""
    return _registry.get(name)


EXPLORED = Event(
    "audit.log.explored",
    N_("%(actor)s looked through the activity log (%(rows)s entries)"),
    needs=("rows", "filters"),
    optional=("assignment",),
    # People paste whole names and numbers into a search; it may name others besides the person.
    own=("filters",),
    # Looking changes nothing: one statement of its own, on disk before the page leaves.
    durability=Durability.BEFORE_REPLY,
)
SHOWN = Event(
    "audit.entry.shown",
    N_("%(actor)s opened log entry %(subject)s in full"),
    optional=("assignment",),
)
PERSON_SHOWN = Event(
    "audit.person.shown",
    N_("%(actor)s looked at %(rows)s log entries about this person"),
    needs=("rows",),
    optional=("assignment",),
    readers=Readers.PERSON,
    durability=Durability.BEFORE_REPLY,
)
ERASED = Event(
    "audit.person.erased",
    N_("%(actor)s erased the personal values of one person from the log: %(basis)s"),
    needs=("basis", "entries"),
    # Files of entries and kept searches that went with them.
    optional=("files", "views"),
    readers=Readers.PLATFORM,
)
TIMELINE_SHOWN = Event(
    "audit.timeline.shown",
    N_("%(actor)s looked at all that the log tells about %(subject)s (%(rows)s entries)"),
    needs=("rows",),
    optional=("assignment",),
    durability=Durability.BEFORE_REPLY,
)
VIEW_SAVED = Event(
    "audit.view.saved",
    N_("%(actor)s kept a search of the activity log"),
    needs=("shared",),
    # A name and filters can hold whole names and numbers of people.
    personal=("name", "filters"),
    readers=Readers.PERSON,
)
VIEW_CHANGED = Event(
    "audit.view.changed",
    N_("%(actor)s changed a kept search of the activity log"),
    personal=("name", "filters"),
    optional=("shared",),
    readers=Readers.PERSON,
)
VIEW_DROPPED = Event(
    "audit.view.dropped",
    N_("%(actor)s deleted a kept search of the activity log"),
    personal=("name",),
    readers=Readers.PERSON,
)
EXPORT_ASKED = Event(
    "audit.export.asked",
    N_("%(actor)s asked for %(rows)s log entries as a %(format)s file (%(subject)s)"),
    needs=("rows", "format", "filters", "reason"),
    optional=("assignment",),
    own=("filters", "reason"),
)
EXPORT_MADE = Event(
    "audit.export.made",
    N_("The file %(subject)s with %(rows)s log entries was made; its SHA-256 is recorded here"),
    needs=("rows", "format", "filters", "reason", "digest", "bytes", "checkpoint"),
    optional=("assignment",),
    own=("filters", "reason"),
)
EXPORT_FAILED = Event(
    "audit.export.failed",
    N_("The file %(subject)s of log entries was not made: %(why)s"),
    needs=("why", "format"),
    words={
        "why": {
            "rows": N_("more entries than one file may hold"),
            "size": N_("more bytes than one file may have"),
            "scope": N_("the assignment had ended"),
        }
    },
)
EXPORT_FETCHED = Event(
    "audit.export.fetched",
    N_("%(actor)s downloaded the log entries %(subject)s"),
    needs=("digest",),
    optional=("assignment",),
)
ASSIGNMENT_REGISTERED = Event(
    "audit.assignment.registered",
    N_("%(actor)s registered the assignment of %(auditor)s under letter %(subject)s"),
    needs=("auditor", "letter", "agencies", "since", "until"),
    optional=("units", "case"),
)
ASSIGNMENT_CONFIRMED = Event(
    "audit.assignment.confirmed",
    N_("%(actor)s confirmed the assignment of %(auditor)s under letter %(subject)s"),
    needs=("auditor", "letter", "agencies"),
)
ASSIGNMENT_ENDED = Event(
    "audit.assignment.ended",
    N_("%(actor)s ended the assignment of %(auditor)s under letter %(subject)s"),
    needs=("auditor", "letter"),
)
MONTH_ARCHIVED = Event(
    "audit.month.archived",
    N_("%(actor)s wrote the log of %(subject)s into files: %(entries)s entries"),
    # `archived` is every month that is only in files after this act, each with its count, the hash
    # of its manifest and that of its numbers in the tree (`places`): the newest such event tells of
    # all, and only these numbers may be absent.
    needs=("entries", "manifest", "dropped", "archived"),
    readers=Readers.PLATFORM,
)
MONTH_RESTORED = Event(
    "audit.month.restored",
    N_("%(actor)s brought the log of %(subject)s back from files: %(entries)s entries"),
    needs=("entries", "manifest", "archived"),
    readers=Readers.PLATFORM,
)
MONTH_FORGOTTEN = Event(
    "audit.month.forgotten",
    N_("Personal values in the log of %(subject)s are erased, as their time is over: %(basis)s"),
    needs=("basis", "months"),
    readers=Readers.PLATFORM,
)
RULE_SET = Event(
    "audit.rule.set",
    N_("%(actor)s set how long the log is kept (%(subject)s): %(months)s months from %(since)s on"),
    needs=("months", "since", "basis"),
    optional=("rule_id",),
    readers=Readers.PLATFORM,
)
BUNDLE_EXPORTED = Event(
    "audit.bundle.exported",
    N_("A bundle of the log with %(entries)s entries was written on the server: %(digest)s"),
    needs=("digest", "entries", "first", "end", "opened"),
    readers=Readers.PLATFORM,
)
