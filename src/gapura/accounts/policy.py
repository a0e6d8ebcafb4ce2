"""Who may do what to an account."""

from typing import Any

from gapura.accounts.choices import AT_AGENCY
from gapura.accounts.guardian import guardian
from gapura.accounts.models import IdentityCase
from gapura.accounts.permissions import Can
from gapura.accounts.queries import IdentityCheck
from gapura.accounts.rules.cases import CHECKERS
from gapura.accounts.states import REGISTERED
from gapura.kernel.actor import Actor
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rule,
    Rules,
    anyone,
    clause,
    is_signed_in,
    is_the_system,
    proved_recently,
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
    N_("Nobody decides about their own account, or about that of the officer they stand in for."),
    mend=N_("A colleague with the same role can decide."),
)
def is_someone_else(actor: Actor, thing: IdentityCheck | IdentityCase) -> bool:
    """Actor and person are two, and so are whom the actor stands in for and the person."""
    return not actor.speaks_for(thing.person.id, thing.person.username)


@clause(
    N_("You need the role of verifier of this person's agency."),
    mend=N_("You can: switch to that role, or ask the agency's verifier."),
    link="/requests/new",
)
def verifies_the_agency(actor: Actor, thing: IdentityCheck) -> bool:
    """Verifier of the agency that vouches; of a part of it, for a place in that part only."""
    grant = actor.grant
    if grant is None or grant.role not in VERIFIERS or not grant.agency:
        return False
    return grant.agency == thing.vouching and thing.path.startswith(grant.reach)


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
    """A grant was activated with a strong factor and rests on one."""
    return not actor.grants


@clause(
    N_("You already have an authenticator app or a passkey."),
    mend=N_("You can: sign in with the app or a passkey, or with a backup code if you lost both."),
    link="/login/step-up",
)
def has_no_strong_factor(actor: Actor, thing: IdentityCheck) -> bool:
    """An e-mail code is enough only while there is nothing better to ask for."""
    return not guardian().has_strong_factor(thing.person.id)


@clause(
    N_("You are not acting as somebody who checks identities."),
    mend=N_("If you hold the role of verifier or helpdesk, switch to it at the top of the page."),
    link="/account",
)
def checks_identities(actor: Actor, thing: Any) -> bool:
    """The active role compares documents, for its whole agency or for the platform.

    A document belongs to no unit, so whoever verifies a part of an agency sees none: they compare
    identities with the requests of their part.
    """
    grant, level = actor.grant, CHECKERS.get(actor.role)
    if grant is None or level is None:
        return False
    return level != AT_AGENCY or (bool(grant.agency) and not grant.reach)


@clause(
    N_("This identity document waits for somebody else: another agency, or the platform."),
    mend=N_("Those who check it there were told."),
)
def checks_this_one(actor: Actor, thing: IdentityCase) -> bool:
    """It waits where the active role compares documents."""
    if not checks_identities(actor) or CHECKERS[actor.role] != thing.level:
        return False
    return thing.level != AT_AGENCY or actor.agency == thing.agency


@clause(
    N_("You have not taken this identity document to check it."),
    mend=N_("You can: take it first, then decide."),
)
def holds_the_claim(actor: Actor, thing: IdentityCase) -> bool:
    """The actor took it and nobody took it over since."""
    return actor.person is not None and thing.claimed_by_id == actor.person


_VERIFIES = (
    (verifies_the_agency, is_someone_else, signed_in_strongly),
    (runs_the_platform, is_someone_else, signed_in_strongly),
    (is_the_system,),
)
_OPERATES = (
    (runs_the_platform, is_someone_else, signed_in_strongly),
    (is_the_system,),
)
_OWN = ((is_own_account, is_signed_in),)
# Mailbox and telephone are ways back into the account: whoever has a strong factor shows it, so a
# stolen password with a stolen mailbox does not take the account from its owner. The strong way
# comes first: for whoever has neither, it is the nearer one, so the way on is told.
_REACHED: tuple[Rule, ...] = (
    (is_own_account, is_signed_in, signed_in_strongly, proved_recently),
    (is_own_account, is_signed_in, holds_no_role, proved_recently, has_no_strong_factor),
)
_CHECKS = (is_signed_in, checks_this_one, is_someone_else, signed_in_strongly)
_DECIDES = ((*_CHECKS, holds_the_claim),)

RULES: Rules = {
    Can.REGISTER: ((anyone,),),
    Can.TAKE_RESERVED_NAME: ((is_the_system,),),
    Can.VERIFY_CONTACT: ((awaits_confirmation,),),
    Can.CHANGE_CONTACT: _REACHED,
    # Follows from a way back that two people stand for, which has its own rules.
    Can.RECOVER_CONTACT: ((is_the_system,),),
    Can.CHANGE_PHONE: _REACHED,
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
    Can.TAKE_BACK_IDENTITY: _OWN,
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
    Can.SEND_DOCUMENT: _OWN,
    Can.LIST_CASES: ((is_signed_in, checks_identities, signed_in_strongly),),
    Can.SEE_CASE: ((is_signed_in, checks_this_one, signed_in_strongly),),
    Can.SEE_DOCUMENT: _DECIDES,
    Can.CLAIM_CASE: (_CHECKS,),
    # The system does it for whoever leaves.
    Can.RELEASE_CASE: (*_DECIDES, (is_the_system,)),
    Can.CONFIRM_CASE: _DECIDES,
    Can.SEND_BACK_CASE: _DECIDES,
    Can.REFUSE_CASE: _DECIDES,
    Can.WITHDRAW_CASE: _OWN,
    Can.ESCALATE_CASE: ((is_the_system,),),
    # Follows from what settled the identity otherwise, which had its own rule.
    Can.OVERTAKE_CASE: ((is_the_system,),),
}

register(RULES)
# Mending the own account is the way out of every hold.
weigh(
    exempt={
        Can.CHANGE_CONTACT,
        Can.RECOVER_CONTACT,
        Can.VERIFY_CONTACT,
        Can.CHANGE_PHONE,
        Can.TELL_OLD_PHONE,
        Can.UPDATE,
        Can.CHECK_IDENTITY,
        Can.CORRECT_IDENTITY,
        Can.SUBMIT_IDENTITY,
        Can.REQUIRE_REVERIFICATION,
        Can.TAKE_BACK_IDENTITY,
        Can.SEND_DOCUMENT,
        Can.WITHDRAW_CASE,
    },
    binding={Can.VERIFY_IDENTITY, Can.CONFIRM_CASE, Can.SUSPEND, Can.REINSTATE, Can.CLOSE},
)
