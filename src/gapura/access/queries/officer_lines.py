"""Reading one line of officers within its letter: fields, days, places, standing in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gapura.access.kinds import DEFINITIVE, STANDINGS
from gapura.access.officers import APPOINTABLE, needs_unit, takes_unit
from gapura.access.queries.laws import standing_law
from gapura.access.rules.officers import day_of
from gapura.access.rules.sheets import Line
from gapura.accounts.queries import (
    bare_nik,
    canonical_email,
    email_problem,
    name_problem,
    nik_key,
    nik_problem,
)
from gapura.kernel import clock
from gapura.organizations.queries import UnitPath

_WAYS = tuple(way for way in STANDINGS if way != "delegate")
Named = tuple[bytes, str, str]


@dataclass(frozen=True, slots=True)
class Officer:
    """A sound line: whom a letter names for what; `after` is the first day that does not count."""

    nik: str
    key: bytes
    name: str
    email: str
    role: str
    unit: str
    first: date
    after: date
    standing: str = DEFINITIVE
    principal: UUID | None = None

    @property
    def same(self) -> Named:
        """Within one letter nobody is named twice for this."""
        return self.key, self.role, self.unit


@dataclass(frozen=True, slots=True)
class Frame:
    """The letter's row, the units of its agency by code, the path that its units begin with."""

    letter: Any
    units: Mapping[str, UnitPath]
    reach: str


def cell(line: Line, key: str) -> str:
    """What a line says in a field; empty where the file has no such column."""
    return line.cells.get(key, "")


class Reading:
    """One line on its own, read within its letter."""

    def __init__(
        self, frame: Frame, line: Line, elsewhere: set[str], principals: dict[str, UUID]
    ) -> None:
        self._frame, self._line = frame, line
        self._elsewhere, self._principals = elsewhere, principals

    def officer(self) -> Officer | None:
        """The officer meant, or None with the line's faults."""
        line = self._line
        nik = self._checked("nik", bare_nik, lambda text: nik_problem(text) is not None)
        name = self._checked("name", _one_blank, lambda text: name_problem(text) is not None)
        email = self._email()
        role = self._role()
        unit = self._unit(role) if role else ""
        first, after = self._days()
        standing, principal = self._standing(role, first, after)
        if line.faults:
            return None
        key = nik_key(nik)
        return Officer(nik, key, name, email, role, unit, first, after, standing, principal)

    def _fault(self, key: str, code: str) -> None:
        self._line.faults.setdefault(key, code)

    def _checked(self, key: str, tidy: Any, is_wrong: Any) -> str:
        text: str = tidy(cell(self._line, key))
        if is_wrong(text):
            self._fault(key, key)
        return text

    def _email(self) -> str:
        typed = cell(self._line, "email")
        if not typed:
            return ""
        if email_problem(canonical_email(typed)) is not None:
            self._fault("email", "email")
        return canonical_email(typed)

    def _role(self) -> str:
        role = cell(self._line, "role").casefold()
        if role not in APPOINTABLE:
            self._fault("role", "role")
            return ""
        if role not in self._frame.letter.roles:
            self._fault("role", "role_outside")
        return role

    def _unit(self, role: str) -> str:
        code = cell(self._line, "unit").upper()
        own = self._frame.letter.unit_id or ""
        if not code:
            code = own if needs_unit(role) else ""
        if not code and needs_unit(role):
            self._fault("unit", "unit_missing")
        elif code and not takes_unit(role):
            self._fault("unit", "unit_extra")
        elif fault := self._place_fault(code):
            self._fault("unit", fault)
        return code

    def _place_fault(self, code: str) -> str:
        reach = self._frame.reach
        if not code:
            return "unit_outside" if reach else ""
        found = self._frame.units.get(code)
        if found is None:
            return "unit_elsewhere" if code in self._elsewhere else "unit"
        if found.closed_on and found.closed_on <= clock.today(found.zone):
            return "unit_closed"
        return "" if found.path.startswith(reach) else "unit_outside"

    def _days(self) -> tuple[date, date]:
        whole = self._frame.letter.valid
        last = whole.upper - timedelta(days=1)
        first = self._day("valid_from", whole.lower)
        until = self._day("valid_until", last)
        if until < first:
            self._fault("valid_until", "order")
        if first < whole.lower:
            self._fault("valid_from", "beyond")
        if until > last:
            self._fault("valid_until", "beyond")
        return first, min(until, last) + timedelta(days=1)

    def _day(self, key: str, otherwise: date) -> date:
        typed = cell(self._line, key)
        if not typed:
            return otherwise
        found = day_of(typed)
        if found is None:
            self._fault(key, "date")
        return found or otherwise

    def _standing(self, role: str, first: date, after: date) -> tuple[str, UUID | None]:
        way = cell(self._line, "standing").casefold() or DEFINITIVE
        whom = cell(self._line, "principal").casefold()
        if way not in _WAYS:
            self._fault("standing", "standing")
            return DEFINITIVE, None
        if way == DEFINITIVE:
            if whom:
                self._fault("principal", "principal")
            return way, None
        law = standing_law(role, way, first) if role else None
        if law is None:
            self._fault("standing", "standing_role")
        elif (after - first).days > law.days:
            self._fault("valid_until", "standing_long")
        if whom not in self._principals:
            self._fault("principal", "principal")
        return way, self._principals.get(whom)


def _one_blank(text: str) -> str:
    return " ".join(text.split())
