"""Who may do what to an account."""

from typing import Any

from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck
from gapura.accounts.states import REGISTERED
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    anyone,
    clause,
    is_signed_in,
    is_the_system,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

VERIFIERS = frozenset({"verifikator", "admin_instansi"})
PLATFORM = "admin_platform"


@clause(
    N_("This must be your own account."),
    mend=N_("You can: ask the owner of the account to do it."),
)
def is_own_account(actor: Actor, thing: IdentityCheck) -> bool:
    """Actor and person are one."""
    return actor.person is not None and actor.person == thing.person.id


@clause(
    N_("Nobody decides about their own account."),
    mend=N_("A colleague with the same role can decide."),
)
def is_someone_else(actor: Actor, thing: IdentityCheck) -> bool:
    """Actor and person are two."""
    return actor.person != thing.person.id


@clause(
    N_("You need the role of verifier of this person's agency."),
    mend=N_("You can: switch to that role, or ask the agency's verifier."),
    link="/requests/new",
)
def verifies_the_agency(actor: Actor, thing: IdentityCheck) -> bool:
    """Verifier of the agency that vouches."""
    return actor.role in VERIFIERS and bool(actor.agency) and actor.agency == thing.vouching


@clause(
    N_("You need the role of platform administrator."),
    mend=N_("You can: switch to that role, or contact the platform administrator."),
    link="/help/contact",
)
def runs_the_platform(actor: Actor, thing: Any) -> bool:
    """Platform administrator."""
    return actor.role == PLATFORM


@clause(
    N_("This account is not waiting for its e-mail address to be confirmed."),
    mend=N_("You can: sign in."),
    link="/login",
)
def awaits_confirmation(actor: Actor, thing: IdentityCheck) -> bool:
    """Registered, address not proven yet. That the code was right is checked by authentication."""
    return thing.person.state == REGISTERED


@clause(
    N_(
        "With a role you need to sign in with your authenticator app to change how you are reached."
    ),
    mend=N_("You can: enter a code from your authenticator app."),
    link="/login/step-up",
)
def holds_no_role(actor: Actor, thing: Any) -> bool:
    """Without any grant an e-mail code is enough: there is nothing else to sign in with."""
    return not actor.grants


_VERIFIES = (
    (is_the_system,),
    (verifies_the_agency, is_someone_else, signed_in_strongly),
    (runs_the_platform, is_someone_else, signed_in_strongly),
)
_OPERATES = (
    (is_the_system,),
    (runs_the_platform, is_someone_else, signed_in_strongly),
)
_OWN = ((is_own_account, is_signed_in),)

RULES: Rules = {
    Can.REGISTER: ((anyone,),),
    Can.TAKE_RESERVED_NAME: ((is_the_system,),),
    Can.VERIFY_CONTACT: ((awaits_confirmation,),),
    # The strong way first: for whoever has neither, it is the nearer one, so the way on is told.
    Can.CHANGE_CONTACT: (
        (is_own_account, is_signed_in, signed_in_strongly),
        (is_own_account, is_signed_in, holds_no_role),
    ),
    # Like the address: whoever holds a role does not lose the number to a stolen mailbox.
    Can.CHANGE_PHONE: (
        (is_own_account, is_signed_in, signed_in_strongly),
        (is_own_account, is_signed_in, holds_no_role),
    ),
    Can.TELL_OLD_PHONE: ((is_the_system,),),
    Can.SEE_OWN: ((is_signed_in,),),
    Can.UPDATE: _OWN,
    Can.SEE_IDENTITY: (
        *_OWN,
        (verifies_the_agency,),
        (runs_the_platform,),
    ),
    Can.CHECK_IDENTITY: (*_OWN, (is_the_system,)),
    Can.CORRECT_IDENTITY: _OWN,
    Can.SUBMIT_IDENTITY: _OWN,
    Can.VERIFY_IDENTITY: _VERIFIES,
    Can.ASK_CORRECTION: _VERIFIES,
    Can.REQUIRE_REVERIFICATION: (*_OWN, *_OPERATES),
    Can.SUSPEND: _OPERATES,
    Can.REINSTATE: _OPERATES,
    Can.CLOSE: (
        (is_own_account, is_signed_in, holds_no_role),
        (is_own_account, is_signed_in, signed_in_strongly),
        *_OPERATES,
    ),
    Can.PRUNE: ((is_the_system,),),
}

register(RULES)
