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
from gapura.organizations.kinds import OK
from gapura.organizations.models import AppointmentLetter, CompanyApplication
from gapura.organizations.permissions import Can

REVOKERS = frozenset({"verifikator", "admin_instansi"})
READERS = REVOKERS | {"apip", "kepala_unit"}
PLATFORM = "admin_platform"
COMPANY_ADMIN = "admin_perusahaan"


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


@clause(
    N_("This question about a business number must be your own, and everything in it must fit."),
    mend=N_("You can: have the business number checked."),
    link="/company/new",
)
def was_found_to_own_it(actor: Actor, thing: CompanyApplication) -> bool:
    """The authorities named the actor as the owner of this business number."""
    return actor.person is not None and actor.person == thing.person and thing.outcome == OK


@clause(
    N_("Your own identity must be confirmed first."),
    mend=N_("You can: have it checked on your account page."),
    link="/account/identity",
)
def identity_is_verified(actor: Actor, thing: Any) -> bool:
    """The person's account is verified."""
    return actor.state == "verified"


@clause(
    N_("You need to act for a company."),
    mend=N_("You can: switch to that role, or ask the company's administrator to admit you."),
    link="/company",
)
def acts_for_a_company(actor: Actor, thing: Any) -> bool:
    """The active role is one at a company; services reach only that company."""
    return actor.grant is not None and bool(actor.grant.company)


@clause(
    N_("You need the role of administrator of the company."),
    mend=N_("You can: switch to that role, or ask the company's administrator."),
)
def administers_a_company(actor: Actor, thing: Any) -> bool:
    """The active role is that of a company's administrator; services reach only that company."""
    return actor.role == COMPANY_ADMIN and acts_for_a_company(actor, thing)


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
    Can.LOOK_UP_COMPANY: ((is_signed_in,),),
    Can.FOUND_COMPANY: ((is_signed_in, was_found_to_own_it, identity_is_verified),),
    Can.PRUNE_APPLICATIONS: ((is_the_system,),),
    Can.SEE_COMPANY: ((is_signed_in, acts_for_a_company),),
    Can.UPDATE_COMPANY: ((is_signed_in, administers_a_company, signed_in_strongly),),
    Can.RECORD_STANDING: _OPERATES,
    Can.LIFT_STANDING: _OPERATES,
}

register(RULES)
