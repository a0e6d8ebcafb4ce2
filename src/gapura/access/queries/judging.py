"""Judging lines of officers before anything is written: all that can be wrong, line by line."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from gapura.access.models import Appointment
from gapura.access.queries.conflicts import office_at
from gapura.access.queries.holdings import (
    Holding,
    holdings,
    is_blocked,
    is_held,
    known_at,
    warned_of,
)
from gapura.access.queries.officer_lines import Frame, Named, Officer, Reading, cell
from gapura.access.queries.views import Place
from gapura.access.roles import ROLES
from gapura.access.rules import Clash, Office, Span
from gapura.access.rules.officers import is_exact_name
from gapura.access.rules.sheets import Line
from gapura.accounts.queries import NikHolder, holders_of_niks, people_named
from gapura.organizations.queries import agency as agency_view
from gapura.organizations.queries import unit_paths, units_by_code


class Judge:
    """Judges the lines for one letter (its row), batch after batch, in their order.

    It remembers what earlier lines said, so one of them cannot hide behind another.
    """

    def __init__(self, letter: Any) -> None:
        self._letter = letter
        self._kind = agency_view(letter.agency_id).kind
        reach = letter.unit.path if letter.unit else ""
        self._frame = Frame(letter, unit_paths(letter.agency_id), reach)
        self._seen: dict[Named, int] = {}
        self._asked: dict[bytes, list[Office]] = defaultdict(list)
        rows = Appointment.objects.filter(letter=letter).exclude(state="withdrawn")
        columns = rows.values_list("nik_lookup", "role", "unit_id")
        self._named = {(bytes(key), role, unit or "") for key, role, unit in columns.iterator()}

    def judge(self, lines: Sequence[Line]) -> list[Officer | None]:
        """What each line means; None and faults (codes of officers.FAULTS) where it is wrong."""
        others = self._units_elsewhere(lines)
        principals = self._principals(lines)
        found = [Reading(self._frame, line, others, principals).officer() for line in lines]
        self._among_themselves(lines, found)
        self._with_what_is_held(lines, found)
        return [None if line.faults else one for line, one in zip(lines, found, strict=True)]

    def _principals(self, lines: Sequence[Line]) -> dict[str, UUID]:
        """People of this agency by username; whether others exist is not told."""
        found = people_named({cell(line, "principal").casefold() for line in lines} - {""})
        known = known_at(self._letter.agency_id, None, set(found.values()))
        return {username: person for username, person in found.items() if person in known}

    def remember(self, lines: Sequence[Line]) -> None:
        """Take note of lines that were judged before an interruption."""
        found = [Reading(self._frame, line, set(), {}).officer() for line in lines]
        self._among_themselves(lines, found)

    def _units_elsewhere(self, lines: Iterable[Line]) -> set[str]:
        codes = {cell(line, "unit").upper() for line in lines} - set(self._frame.units) - {""}
        sound = {code for code in codes if len(code) <= 30}
        return set(units_by_code(sound)) if sound else set()

    def _among_themselves(self, lines: Sequence[Line], found: Sequence[Officer | None]) -> None:
        for line, one in zip(lines, found, strict=True):
            if one is None:
                continue
            if one.same in self._named:
                line.faults["line"] = "named"
            elif one.same in self._seen:
                line.faults["line"] = "twice"
            else:
                self._seen[one.same] = line.number
                office = self._office(one)
                asked = self._asked[one.key]
                if is_blocked(office, asked):
                    line.faults["role"] = "conflict"
                line.warnings |= codes_of(warned_of(office, asked))
                self._asked[one.key].append(office)

    def _office(self, one: Officer) -> Office:
        place = Place(agency=self._letter.agency_id, unit=one.unit)
        path = self._frame.units[one.unit].path if one.unit else ""
        days = Span(one.first, one.after)
        return office_at(one.role, place, kind=self._kind, path=path, days=days)

    def _with_what_is_held(self, lines: Sequence[Line], found: Sequence[Officer | None]) -> None:
        """Accounts are looked at only where the name is the same: nobody tries out numbers here."""
        sound = [(line, one) for line, one in zip(lines, found, strict=True) if one]
        sound = [(line, one) for line, one in sound if not line.faults]
        holders = holders_of_niks({one.key for _line, one in sound})
        named = [(line, one, holders[one.key]) for line, one in sound if one.key in holders]
        fitting = [each for each in named if is_exact_name(each[1].name, each[2].name)]
        held = holdings({holder.id for _line, _one, holder in fitting})
        elsewhere = self._waiting_elsewhere({one.key for _line, one in sound})
        for line, one, holder in fitting:
            self._judge_account(line, one, holder, held[holder.id])
        for line, one in sound:
            if not line.faults and _overlaps(one, elsewhere[one.same]):
                line.faults["line"] = "held"

    def _judge_account(
        self, line: Line, one: Officer, holder: NikHolder, held: Sequence[Holding]
    ) -> None:
        """What ends when this letter replaces an earlier one does not stand in its way."""
        earlier = self._letter.replaces_id
        staying = [each.office for each in held if earlier is None or each.letter != earlier]
        office = self._office(one)
        if holder.kind not in ROLES[one.role].kinds:
            line.faults["role"] = "kind"
        elif is_held(office, staying):
            line.faults["line"] = "held"
        elif is_blocked(office, staying):
            line.faults["role"] = "conflict"
        line.warnings |= codes_of(warned_of(office, staying))

    def _waiting_elsewhere(self, keys: set[bytes]) -> dict[Named, list[Span]]:
        """Days for which other living letters of this agency name the same people already."""
        rows = Appointment.objects.filter(
            nik_lookup__in=keys,
            state="named",
            agency=self._letter.agency_id,
            letter__state="checked",
        ).exclude(letter__in=[self._letter.pk, self._letter.replaces_id or self._letter.pk])
        found: dict[Named, list[Span]] = defaultdict(list)
        for key, role, unit, days in rows.values_list("nik_lookup", "role", "unit_id", "valid"):
            found[bytes(key), role, unit or ""].append(Span(days.lower, days.upper))
        return found


def codes_of(clashes: Iterable[Clash]) -> set[str]:
    """Which rules are broken."""
    return {clash.law.code for clash in clashes}


def _overlaps(one: Officer, spans: Iterable[Span]) -> bool:
    return any(
        span.first < one.after and (span.after is None or one.first < span.after) for span in spans
    )
