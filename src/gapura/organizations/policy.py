"""Who may do what to letters, places and companies."""

from typing import Any

from gapura.kernel.actor import Actor
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_
from gapura.organizations.kinds import LETTER_KEEPERS, OK
from gapura.organizations.letter_facts import lies_below
from gapura.organizations.models import AppointmentLetter, CompanyApplication
from gapura.organizations.permissions import Can

REVOKERS = frozenset({"verifikator", "admin_instansi"})
VERIFIER = "verifikator"
READERS = REVOKERS | {"apip", "kepala_unit"}
PLATFORM = "admin_platform"
COMPANY_ADMIN = "admin_perusahaan"


def _reaches(actor: Actor, thing: Any) -> bool:
    """The active grant is for the whole agency, or for a unit that the thing's unit lies in."""
    if actor.grant is None or actor.agency != thing.agency_id or not actor.agency:
        return False
    return not actor.grant.unit or lies_below(thing.unit, actor.grant.unit)


@clause(N_("This must be a letter you entered yourself."))
def entered_it(actor: Actor, thing: AppointmentLetter) -> bool:
    """The letter is the actor's own copy."""
    return actor.person is not None and actor.person == thing.created_by


@clause(
    N_("Nobody decides about a letter they entered themselves."),
    mend=N_("A colleague with the same role can decide."),
)
def is_another_ones(actor: Actor, thing: AppointmentLetter) -> bool:
    """The letter is not the actor's own; when it is checked, none of its officers either."""
    return actor.person != thing.created_by and not getattr(thing, "wrote", False)


@clause(
    N_("You need a role that reads letters at this agency."),
    mend=N_("You can: switch to that role, or ask the agency's verifier."),
)
def reads_the_agencys_letters(actor: Actor, thing: Any) -> bool:
    """Verifier, administrator or auditor of the letter's agency; without a thing, of any.

    Who verifies a part, or leads a unit, reads the letters bounded to what lies below it.
    """
    if actor.role not in READERS or not actor.agency:
        return False
    return thing is None or _reaches(actor, thing)


@clause(
    N_("You need the role of verifier or administrator of this agency."),
    mend=N_("You can: switch to that role, or ask the agency's verifier."),
)
def verifies_the_agency(actor: Actor, thing: AppointmentLetter) -> bool:
    """Verifier or administrator of the letter's agency."""
    return actor.role in REVOKERS and _reaches(actor, thing)


@clause(
    N_("You are not acting as someone who keeps the letters of this agency."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
)
def keeps_the_letters(actor: Actor, thing: Any) -> bool:
    """Verifier, agency administrator or budget user of the agency; without a thing, of any."""
    if actor.role not in LETTER_KEEPERS or not actor.agency:
        return False
    return thing is None or _reaches(actor, thing)


@clause(N_("This letter was handed in with one person's request."))
def stands_in_the_register(actor: Actor, thing: Any) -> bool:
    """It was entered for all whom it names, not as one person's own copy."""
    return bool(thing.state)


@clause(
    N_("You are named in this letter."),
    mend=N_("A verifier who is not named in it can decide."),
)
def is_not_named_in_it(actor: Actor, thing: Any) -> bool:
    """Nobody checks a letter that appoints them."""
    return not thing.names_actor


@clause(
    N_("This letter names a role that the platform's administrator decides."),
    mend=N_("The platform's administrator can check it."),
)
def is_decided_at_the_agency(actor: Actor, thing: Any) -> bool:
    """None of its roles is decided above the agency."""
    return not thing.above


@clause(
    N_("Somebody holds a role by this letter that only the platform's administrator gives."),
    mend=N_("The platform's administrator can end it."),
)
def is_ended_at_the_agency(actor: Actor, thing: Any) -> bool:
    """Who gives a role ends it: else one verifier could remove all the others with their letter."""
    return not getattr(thing, "above", False)


@clause(
    N_("The agency has a verifier who can check this letter."),
    mend=N_("A verifier of the agency who neither entered it nor is named in it can decide."),
)
def agency_cannot_check_it(actor: Actor, thing: Any) -> bool:
    """A role above the agency is named, or the agency has no second verifier."""
    return thing.above or not thing.verifiers


@clause(
    N_("You are not acting as the verifier of this agency."),
    mend=N_("If you hold that role, switch to it at the top of the page."),
)
def is_its_verifier(actor: Actor, thing: AppointmentLetter) -> bool:
    """Verifier of the letter's agency: an administrator keeps letters but does not check them."""
    return actor.role == VERIFIER and _reaches(actor, thing)


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


_AT_AGENCY = (is_its_verifier, is_another_ones, is_not_named_in_it)
_ONE_UP = (runs_the_platform, is_another_ones, is_not_named_in_it)


@clause(N_("How companies stand is read by the platform's administrators and helpdesk."))
def looks_after_the_platform(actor: Actor, thing: Any) -> bool:
    """Platform administrator or helpdesk."""
    return actor.role in {PLATFORM, "helpdesk"}


_OPERATES = ((is_the_system,), (runs_the_platform, signed_in_strongly))

RULES: Rules = {
    Can.REGISTER_LETTER: ((is_signed_in,),),
    Can.SEE_LETTER: (
        (entered_it,),
        (reads_the_agencys_letters,),
        (runs_the_platform,),
        (stands_in_the_register, keeps_the_letters),
    ),
    Can.REVOKE_LETTER: (
        (verifies_the_agency, is_another_ones, is_ended_at_the_agency, signed_in_strongly),
        (runs_the_platform, is_another_ones, signed_in_strongly),
        (is_the_system,),
    ),
    Can.LIST_LETTERS: (
        (is_signed_in, keeps_the_letters, signed_in_strongly),
        (is_signed_in, reads_the_agencys_letters, signed_in_strongly),
        (is_signed_in, runs_the_platform, signed_in_strongly),
    ),
    Can.ENTER_LETTER: ((is_signed_in, keeps_the_letters, signed_in_strongly),),
    # The platform checks where an agency has no second verifier.
    Can.CHECK_LETTER: (
        (*_AT_AGENCY, is_decided_at_the_agency, signed_in_strongly),
        (*_ONE_UP, agency_cannot_check_it, signed_in_strongly),
    ),
    Can.WITHDRAW_LETTER: ((is_signed_in, entered_it, signed_in_strongly),),
    Can.LOAD_REFERENCE: ((is_the_system,),),
    Can.CLOSE_AGENCY: _OPERATES,
    Can.DESCRIBE_UNIT: (
        (is_the_system,),
        (verifies_the_agency, signed_in_strongly),
        (runs_the_platform, signed_in_strongly),
    ),
    Can.REGISTER_COMPANY: _OPERATES,
    Can.LOOK_UP_COMPANY: ((is_signed_in,),),
    Can.FOUND_COMPANY: ((is_signed_in, was_found_to_own_it, identity_is_verified),),
    Can.PRUNE_APPLICATIONS: ((is_the_system,),),
    Can.SEE_COMPANY: ((is_signed_in, acts_for_a_company),),
    Can.UPDATE_COMPANY: ((is_signed_in, administers_a_company, signed_in_strongly),),
    Can.RECORD_STANDING: _OPERATES,
    Can.LIFT_STANDING: _OPERATES,
    Can.SEE_STANDING: ((is_signed_in, looks_after_the_platform, signed_in_strongly),),
    Can.NOTE_DIFFERENCE: ((is_the_system,),),
    Can.ADOPT_DIFFERENCE: ((is_signed_in, administers_a_company, signed_in_strongly),),
}

register(RULES)
weigh(
    binding={
        Can.REGISTER_LETTER,
        Can.REVOKE_LETTER,
        Can.CLOSE_AGENCY,
        Can.RECORD_STANDING,
        Can.LIFT_STANDING,
    }
)
