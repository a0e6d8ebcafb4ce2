"""Who may do what to letters, places and companies."""

from typing import Any

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_
from gapura.organizations.models import AppointmentLetter
from gapura.organizations.permissions import Can

REVOKERS = frozenset({"verifikator", "admin_instansi"})
READERS = REVOKERS | {"apip", "kepala_unit"}
PLATFORM = "admin_platform"


@clause(N_("This must be a letter you entered yourself."))
def entered_it(actor: Actor, thing: AppointmentLetter) -> bool:
    """The letter is the actor's own copy."""
    return actor.person is not None and actor.person == thing.created_by


@clause(
    N_("Nobody decides about a letter they entered themselves."),
    mend=N_("A colleague with the same role can decide."),
)
def is_another_ones(actor: Actor, thing: AppointmentLetter) -> bool:
    """The letter is not the actor's own."""
    return actor.person != thing.created_by


@clause(
    N_("You need a role that reads letters at this agency."),
    mend=N_("You can: switch to that role, or ask the agency's verifier."),
)
def reads_the_agencys_letters(actor: Actor, thing: AppointmentLetter) -> bool:
    """Verifier, agency administrator, auditor or head of unit of the letter's agency."""
    return actor.role in READERS and bool(actor.agency) and actor.agency == thing.agency_id


@clause(
    N_("You need the role of verifier or administrator of this agency."),
    mend=N_("You can: switch to that role, or ask the agency's verifier."),
)
def verifies_the_agency(actor: Actor, thing: AppointmentLetter) -> bool:
    """Verifier or administrator of the letter's agency."""
    return actor.role in REVOKERS and bool(actor.agency) and actor.agency == thing.agency_id


@clause(
    N_("You need the role of platform administrator."),
    mend=N_("You can: switch to that role, or contact the platform administrator."),
    link="/help/contact",
)
def runs_the_platform(actor: Actor, thing: Any) -> bool:
    """Platform administrator."""
    return actor.role == PLATFORM


_OPERATES = ((is_the_system,), (runs_the_platform, signed_in_strongly))

RULES: Rules = {
    Can.REGISTER_LETTER: ((is_signed_in,),),
    Can.SEE_LETTER: ((entered_it,), (reads_the_agencys_letters,), (runs_the_platform,)),
    Can.REVOKE_LETTER: (
        (is_the_system,),
        (verifies_the_agency, is_another_ones, signed_in_strongly),
        (runs_the_platform, is_another_ones, signed_in_strongly),
    ),
    Can.LOAD_REFERENCE: ((is_the_system,),),
    Can.CLOSE_AGENCY: _OPERATES,
    Can.CLOSE_UNIT: _OPERATES,
    Can.REGISTER_COMPANY: _OPERATES,
}

register(RULES)
