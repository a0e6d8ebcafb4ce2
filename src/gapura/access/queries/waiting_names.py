"""Where somebody's name waits in letters that have given no access yet."""

from dataclasses import dataclass
from uuid import UUID

from gapura.access.models import Appointment
from gapura.accounts.queries import key_of_person
from gapura.kernel.actor import Actor

MOST = 200


@dataclass(frozen=True, slots=True)
class WaitingName:
    """The person's name in a letter that has given no access yet; the letter's state."""

    letter: UUID
    number: str
    state: str
    role: str
    unit_name: str | None


def names_waiting(actor: Actor, person: UUID, agency: str) -> tuple[WaitingName, ...]:
    """Letters that would give the person access there once checked, or once they are verified.

    As far as the actor's role reaches; nothing ends them but taking the name off the letter.
    """
    rows = Appointment.objects.filter(
        nik_lookup=key_of_person(person),
        agency=agency,
        state="named",
        letter__state__in=("entered", "checked"),
    )
    if actor.grant and actor.grant.reach:
        rows = rows.filter(unit__path__startswith=actor.grant.reach)
    found = rows.order_by("named_at", "id").values_list(
        "letter", "letter__number", "letter__state", "role", "unit__name"
    )
    return tuple(WaitingName(*each) for each in found[:MOST])
