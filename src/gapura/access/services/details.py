"""What an approved request gives to its grant and to its unit, and for which days."""

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access.drafts import from_json
from gapura.access.errors import Incomplete, LetterEnded
from gapura.access.forms import UNIT_ADDRESS
from gapura.access.models import AccessRequest, Grant
from gapura.access.queries.places import place_of
from gapura.access.roles import ROLES, Scope
from gapura.access.services.choosing import standing_problem
from gapura.access.states import LIVE_GRANT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations.services import describe_unit


def grant_agency(row: AccessRequest) -> str | None:
    """A platform role is held nowhere in particular; its request names who appoints."""
    return None if ROLES[row.role].scope is Scope.PLATFORM else row.agency_id


def grant_values(row: AccessRequest) -> dict[str, Any]:
    """What a grant takes over from its request, by column, at the moment it is made."""
    return {
        "person_id": row.person_id,
        "role": row.role,
        "agency_id": grant_agency(row),
        "unit_id": row.unit_id,
        "company_id": row.company_id,
        "letter_id": row.letter_id,
        "standing": row.standing,
        "principal_id": row.principal_id,
        "follows_id": row.follows_id,
    }


def days_asked(row: AccessRequest) -> DateRange:
    """The days that the request is for, from today on: those that the letter gives this person.

    A renewal begins the day after the access that it follows, so there is no gap and no overlap.

    :raises LetterEnded: no day is left, or the letter was revoked.
    """
    said, letter = from_json(row.letter_draft).complete, row.letter
    if said is None or (letter is not None and letter.revoked_at is not None):
        raise LetterEnded()
    firsts = [clock.today(place_of(row).zone), said.valid_from]
    ends: list[date] = [said.day_after]
    if letter is not None:
        firsts.append(letter.valid.lower)
        ends.append(letter.valid.upper)
    if row.follows is not None and row.follows.state in LIVE_GRANT:
        firsts.append(row.follows.valid.upper)
    if max(firsts) >= min(ends):
        raise LetterEnded()
    return DateRange(max(firsts), min(ends))


def apply_details(actor: Actor, row: AccessRequest, grant: Grant) -> None:
    """Carry out what else an approval means; call it in the transaction that made the grant.

    The unit's tax number and address are kept with the unit. A company must still be in good
    standing.

    :raises Incomplete: the company is not in good standing any more.
    """
    if row.company_id and (problem := standing_problem(row.company_id)):
        raise Incomplete({"company": problem})
    address = row.details.get(UNIT_ADDRESS, "")
    if row.unit_id and (row.unit_npwp or address) and row.follows_id is None:
        describe_unit(actor=actor, code=row.unit_id, npwp=row.unit_npwp or "", address=address)
