"""From a name in a checked letter to a grant: found by NIK, verified, and only to be activated."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from gapura.access.errors import RolesConflict
from gapura.access.kinds import DEFINITIVE, may_be_delegated
from gapura.access.locks import hold_people
from gapura.access.models import Appointment, Grant
from gapura.access.permissions import Can
from gapura.access.queries.conflicts import office_at
from gapura.access.queries.holdings import before, holdings, is_blocked, is_held, warned_of
from gapura.access.queries.views import Place
from gapura.access.roles import ROLES
from gapura.access.rules import Office, Span
from gapura.access.rules.officers import is_same_name
from gapura.access.services.conflicts import refuse_conflicts
from gapura.access.services.officer_moves import Made, grant_named
from gapura.accounts.queries import NikHolder, holders_of_niks, key_of_person
from gapura.accounts.services import Named, verify_named
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem

BATCH = 200
Pair = tuple[Appointment, NikHolder]
_NOBODY = UUID(int=0)


def grant_letter(*, actor: Actor, letter_id: UUID, after: UUID = _NOBODY) -> UUID | None:
    """Give a grant to each of the next BATCH officers of a checked letter who can have one.

    Answers where to go on, None at the end. Done again, it changes nothing. For the system.
    """
    with transaction.atomic():
        rows = list(_waiting().filter(letter=letter_id, pk__gt=after).order_by("id")[:BATCH])
        _grant_all(actor, rows)
    return rows[-1].id if len(rows) == BATCH else None


def grant_waiting(*, actor: Actor, person_id: UUID) -> int:
    """Turn what letters hold for a person into grants, once the identity is verified.

    Answers how many. Call it when somebody's identity was verified; a job looks as well.
    """
    with transaction.atomic():
        rows = _waiting().filter(nik_lookup=key_of_person(person_id)).order_by("id")
        return _grant_all(actor, list(rows))


def grant_found(*, actor: Actor, after: UUID = _NOBODY) -> UUID | None:
    """Look whether the next officers who wait have an account by now; answers where to go on."""
    rows = _waiting(lock=False).filter(pk__gt=after).order_by("id")
    said = rows.values_list("id", "nik_lookup", "name", "email", "agency_id")[: 5 * BATCH]
    batch = [(each, Named(bytes(key), *rest)) for each, key, *rest in said]
    verify_named(actor=actor, named=[one for _id, one in batch], same_name=is_same_name)
    holders = holders_of_niks({one.key for _id, one in batch})
    ids = [each for each, one in batch if one.key in holders]
    with transaction.atomic():
        _grant_all(actor, list(_waiting().filter(pk__in=ids).order_by("id")))
    return batch[-1][0] if len(batch) == 5 * BATCH else None


def _waiting(*, lock: bool = True) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(state="named", letter__state="checked")
    rows = rows.select_related("letter", "unit", "agency").defer("nik")
    return rows.select_for_update(of=("self",), skip_locked=True) if lock else rows


def _grant_all(actor: Actor, rows: Sequence[Appointment]) -> int:
    """Grants for all who can have one; answers how many. Why others cannot, stands in their row."""
    require(actor, Can.GRANT_APPOINTMENT)
    holders = holders_of_niks({bytes(row.nik_lookup) for row in rows})
    pairs = [(row, holders[key]) for row in rows if (key := bytes(row.nik_lookup)) in holders]
    against = {row.id: found for row, holder in pairs if (found := _obstacle(row, holder))}
    free = [(row, holder) for row, holder in pairs if row.id not in against]
    alike = [pair for pair in free if pair[0].standing == DEFINITIVE]
    against |= _given_alike(actor, alike)
    for row, holder in free:
        if row.standing != DEFINITIVE and (found := _given(actor, row, holder)):
            against[row.id] = found
    for row, holder in pairs:
        if row.id in against:
            _keep_obstacle(row, holder, against[row.id])
    for letter in {row.letter_id for row, _holder in pairs if row.id not in against}:
        enqueue("access.tell_officers", letter=str(letter))
    return len(pairs) - len(against)


def _keep_obstacle(row: Appointment, holder: NikHolder, obstacle: str) -> None:
    known = holder.id if obstacle != "name" else None
    if (row.obstacle, row.person_id) != (obstacle, known):
        Appointment.objects.filter(pk=row.pk).update(obstacle=obstacle, person_id=known)


def _given_alike(actor: Actor, pairs: Sequence[Pair]) -> dict[UUID, str]:
    """Grants for officers in their own right, in few statements; answers what stood against whom.

    Where the database finds what this missed, each is tried alone.
    """
    hold_people(people := {holder.id for _row, holder in pairs})
    held = {key: [each.office for each in rows] for key, rows in holdings(people).items()}
    against: dict[UUID, str] = {}
    made: list[Made] = []
    warned: dict[UUID, list[str]] = {}
    for row, holder in pairs:
        own, office = held.setdefault(holder.id, []), _office(row)
        if is_held(office, own):
            against[row.id] = "held"
        elif is_blocked(office, own):
            against[row.id] = "conflict"
        else:
            warned[row.id] = sorted({clash.law.code for clash in warned_of(office, own)})
            made.append((row, holder, _grant_of(row, holder, before(office, own))))
            own.append(office)
    try:
        with transaction.atomic():
            grant_named(actor, made, warned)
    except IntegrityError as error:
        if "no_overlapping_grants" not in str(error):
            raise
        tried = ((row.id, _given(actor, row, holder)) for row, holder, _grant in made)
        against |= {key: found for key, found in tried if found}
    return against


def _office(row: Appointment) -> Office:
    unit, agency = row.unit, row.agency
    place = Place(agency=row.agency_id, unit=row.unit_id or "")
    days = Span(row.valid.lower, row.valid.upper)
    return office_at(row.role, place, kind=agency.kind, path=unit.path if unit else "", days=days)


def _obstacle(row: Appointment, holder: NikHolder) -> str:
    """Why this account gets no grant from this line now; a code of officers.OBSTACLES."""
    letter: Any = row.letter
    zone = row.unit.zone if row.unit else clock.JAKARTA
    today = clock.today(zone)
    closed = row.unit.closed_on if row.unit else None
    facts = (
        ("name", not is_same_name(row.name, holder.name)),
        ("unverified", holder.state != "verified"),
        ("kind", holder.kind not in ROLES[row.role].kinds),
        ("checker", letter.checked_by == holder.id),
        ("over", row.valid.upper <= today),
        ("closed", closed is not None and closed <= today),
    )
    return next((code for code, holds in facts if holds), "")


def _given(actor: Actor, row: Appointment, holder: NikHolder) -> str:
    """Make one grant; an empty text when it is there, else what stood against it."""
    try:
        with transaction.atomic():
            warned = refuse_conflicts(
                actor,
                holder.id,
                row.role,
                agency=row.agency_id,
                unit=row.unit_id,
                valid=row.valid,
                standing=row.standing,
                principal=row.principal_id,
            )
            codes = sorted({warning.code for warning in warned})
            grant_named(actor, [(row, holder, _grant_of(row, holder, None))], {row.id: codes})
    except RolesConflict:
        return "conflict"
    except IntegrityError as error:
        if "no_overlapping_grants" not in str(error):
            raise
        return "held"
    except Problem:
        return "standing"
    return ""


def _grant_of(row: Appointment, holder: NikHolder, follows: UUID | None) -> Grant:
    """The grant that the line of the letter gives; nothing is written."""
    zone = row.unit.zone if row.unit else clock.JAKARTA
    now = clock.now()
    return Grant(
        person_id=holder.id,
        role=row.role,
        agency_id=row.agency_id,
        unit_id=row.unit_id,
        letter_id=row.letter_id,
        standing=row.standing,
        principal_id=row.principal_id,
        follows_id=follows,
        delegable=may_be_delegated(row.role, row.standing),
        approved_by_id=row.letter.checked_by,
        valid=DateRange(max(clock.today(zone), row.valid.lower), row.valid.upper),
        approved_at=now,
        recorded_at=now,
    )
