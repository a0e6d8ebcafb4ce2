"""Officers of a letter who hold another role that the law only warns of, before it is checked."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from gapura.access.models import Appointment, ImportLine
from gapura.access.queries.conflicts import office_at
from gapura.access.queries.holdings import holdings, warned_of
from gapura.access.queries.imports import SHOWN, name_of, visible_import
from gapura.access.queries.laws import laws
from gapura.access.queries.views import Place
from gapura.access.rules import Office, Span
from gapura.access.rules.officers import is_same_name
from gapura.accounts.queries import holders_of_niks
from gapura.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning: who would hold which role beside which other one, where, on which basis."""

    name: str
    role: str
    other: str
    place: str
    basis: str


@dataclass(frozen=True, slots=True)
class WarnedLine:
    """A sound line of a file, and the bases of the rules that warn."""

    number: int
    name: str
    bases: tuple[str, ...]


def warned_officers(appointments: Collection[UUID]) -> tuple[Warned, ...]:
    """What warns of some named officers who have an account; the caller asked the right to check.

    Five queries at most. What ends when their letter replaces an earlier one does not count.
    """
    rows = Appointment.objects.filter(pk__in=appointments, state="named")
    named = list(rows.select_related("agency", "unit", "letter").defer("nik").order_by("name"))
    holders = holders_of_niks({bytes(row.nik_lookup) for row in named})
    pairs = [(row, holders[key]) for row in named if (key := bytes(row.nik_lookup)) in holders]
    pairs = [(row, holder) for row, holder in pairs if is_same_name(row.name, holder.name)]
    held = holdings({holder.id for _row, holder in pairs})
    return tuple(
        Warned(row.name, row.role, clash.held.role, clash.held.label, clash.law.basis)
        for row, holder in pairs
        for clash in warned_of(
            _office(row),
            [
                one.office
                for one in held[holder.id]
                if one.letter is None or one.letter != row.letter.replaces_id
            ],
        )
    )


def _office(row: Appointment) -> Office:
    unit = row.unit
    place = Place(agency=row.agency_id, unit=row.unit_id or "")
    days = Span(row.valid.lower, row.valid.upper)
    path = unit.path if unit else ""
    return office_at(row.role, place, kind=row.agency.kind, path=path, days=days)


def warned_lines(actor: Actor, import_id: UUID) -> tuple[WarnedLine, ...]:
    """The first SHOWN sound lines of a judged file of which a rule warns.

    :raises NoSuchImport: unknown, or not this actor's to see.
    """
    run = visible_import(actor, import_id)
    bases = {law.code: law.basis for law in laws().conflicts}
    rows = ImportLine.objects.filter(run=run).exclude(warnings=[]).order_by("number")[:SHOWN]
    return tuple(
        WarnedLine(row.number, name_of(row), tuple(bases.get(code, code) for code in row.warnings))
        for row in rows
    )
