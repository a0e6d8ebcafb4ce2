"""Pure rules of roles that exclude each other: how far a rule reaches, on which days, the clash."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

BLOCK, WARN = "block", "warn"
# Agency kinds whose money comes from a regional budget (APBD).
REGIONAL = frozenset({"province", "regency", "city"})


def forbids(severity: str, reach: str) -> bool:
    """Whether a rule of this severity and reach forbids holding both roles; see `blocks`."""
    return severity == BLOCK and reach != "package"


@dataclass(frozen=True, slots=True)
class ConflictLaw:
    """One dated row: `role` and `other` in one hand, in force until before `valid_to`."""

    id: UUID
    code: str
    role: str
    other: str
    reach: str
    severity: str
    exception: str
    basis: str
    valid_from: date
    valid_to: date | None

    @property
    def pair(self) -> frozenset[str]:
        """The two roles without order; one code where a role excludes itself."""
        return frozenset((self.role, self.other))

    @property
    def blocks(self) -> bool:
        """True when the two may not be held at all.

        What holds for one package only cannot be decided where a role is given: the buying rooms
        decide it for each package, and here it is a warning.
        """
        return forbids(self.severity, self.reach)

    def covers(self, day: date) -> bool:
        """In force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Office:
    """One role at one place from `first` until before `after` (None: open).

    `kind` is the agency's. `path` is the unit's way down the tree. `spread` says that the office
    reaches all below its place: a verifier's does. `label` names the place, `grant` the row.
    """

    role: str
    agency: str = ""
    unit: str = ""
    company: str = ""
    kind: str = ""
    path: str = ""
    spread: bool = False
    first: date = date.min
    after: date | None = None
    grant: UUID | None = None
    person: UUID | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that two offices break, from `first` until before `after` (None: open)."""

    law: ConflictLaw
    held: Office
    asked: Office
    first: date
    after: date | None


def clashes(asked: Office, held: Iterable[Office], laws: Iterable[ConflictLaw]) -> list[Clash]:
    """Every rule that `asked` would break with an office in `held`; what blocks comes first."""
    laws = tuple(laws)
    found = [clash for office in held for clash in _between(asked, office, laws)]
    return sorted(found, key=lambda clash: (not clash.law.blocks, clash.first, clash.law.code))


def _between(asked: Office, held: Office, laws: Iterable[ConflictLaw]) -> Iterator[Clash]:
    pair = frozenset((asked.role, held.role))
    for law in laws:
        if law.pair != pair or not excludes(law, asked, held):
            continue
        days = _common((asked.first, asked.after), (held.first, held.after))
        days = days and _common(days, (law.valid_from, law.valid_to))
        if days:
            yield Clash(law, held, asked, *days)


Days = tuple[date, date | None]


def _common(one: Days, two: Days) -> Days | None:
    """The days in both spans; None when there is none."""
    first = max(one[0], two[0])
    ends = [end for end in (one[1], two[1]) if end is not None]
    after = min(ends, default=None)
    return None if after is not None and after <= first else (first, after)


def excludes(law: ConflictLaw, one: Office, two: Office) -> bool:
    """Whether the rule reaches both places and no exception lifts it; days are not looked at."""
    return _REACHED[law.reach](one, two) and not _EXCEPTED[law.exception](one, two)


def _same_agency(one: Office, two: Office) -> bool:
    if one.company or two.company:
        return one.company == two.company
    return bool(one.agency) and one.agency == two.agency


def _same_unit(one: Office, two: Office) -> bool:
    """The same unit, or one of them reaches the other's."""
    if not _same_agency(one, two):
        return False
    return one.unit == two.unit or _reaches(one, two) or _reaches(two, one)


def _reaches(wide: Office, narrow: Office) -> bool:
    if not wide.unit:
        return True
    return wide.spread and bool(wide.path) and narrow.path.startswith(wide.path)


def _anywhere(one: Office, two: Office) -> bool:
    return True


def _from_regional_budget(one: Office, two: Office) -> bool:
    return one.kind in REGIONAL and two.kind in REGIONAL


def _never(one: Office, two: Office) -> bool:
    return False


# A package is bought by one unit: who holds both roles there can come to hold both for a package.
_REACHED = {
    "absolute": _anywhere,
    "agency": _same_agency,
    "unit": _same_unit,
    "package": _same_unit,
}
_EXCEPTED = {"": _never, "regional_budget": _from_regional_budget}
