"""Who looks after accounts in danger: administrators, two for each act, never about themselves."""

from typing import Any

from gapura.authentication.models import AccountLock, Suspicion
from gapura.authentication.permissions import Can
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

_PLATFORM, _AGENCY = "admin_platform", "admin_instansi"
_LAW = N_("OWASP ASVS 5.0 V2.3.5: what is worth much to a thief needs the approval of two people.")


@clause(
    N_("Accounts in danger are looked after by administrators."),
    mend=N_("You can: switch to that role, or contact the administrator."),
    link="/help/contact",
)
def keeps_accounts_safe(actor: Actor, thing: Any) -> bool:
    """The platform's administrators, and those of a whole agency."""
    grant = actor.grant
    if grant is None:
        return False
    return actor.role == _PLATFORM or (
        actor.role == _AGENCY and bool(grant.agency) and not grant.reach
    )


@clause(N_("This person belongs to another agency."))
def watches_this_account(actor: Actor, thing: Suspicion | AccountLock | None) -> bool:
    """The platform watches all accounts, an agency those whose home it is."""
    if thing is None:
        return False
    return actor.role == _PLATFORM or thing.person.agency == actor.agency


@clause(
    N_("Nobody decides about their own account, or about that of the officer they stand in for."),
    law=_LAW,
    mend=N_("A colleague with the same role can decide."),
)
def is_about_another(actor: Actor, thing: Suspicion | AccountLock | None) -> bool:
    """An account that is under suspicion does not clear itself."""
    return thing is not None and not actor.speaks_for(thing.person_id, thing.person.username)


@clause(
    N_("You proposed this yourself."),
    law=_LAW,
    mend=N_("Another administrator of the agency or of the platform has to agree."),
)
def did_not_propose(actor: Actor, thing: Suspicion | None) -> bool:
    """Neither the one who proposed, nor whoever stands in for them."""
    if thing is None:
        return False
    by = thing.proposed_by
    return by is None or not actor.speaks_for(by.id, by.username)


@clause(N_("Nothing is proposed that you could agree to."))
def is_proposed(actor: Actor, thing: Suspicion | None) -> bool:
    """Somebody named an act and a reason."""
    return thing is not None and thing.proposed_by_id is not None


@clause(
    N_("Only the platform's administrators suspend an account."),
    mend=N_("You can: ask one of them to agree. They see it on their security desk."),
)
def may_carry_it_out(actor: Actor, thing: Suspicion | None) -> bool:
    """The same as where accounts are suspended otherwise."""
    return thing is not None and (thing.action != "suspend" or actor.role == _PLATFORM)


@clause(
    N_("This lock was not set by an administrator."),
    mend=N_("Its owner opens it with a new password, or on the way back to the account."),
)
def is_a_lock_of_the_desk(actor: Actor, thing: AccountLock | None) -> bool:
    """Other locks have ways of their own, which prove who the owner is."""
    return thing is not None and thing.why == "desk"


@clause(
    N_("Somebody else has to ask for it first, and you to agree."),
    law=_LAW,
    mend=N_("Another administrator of the agency or of the platform can."),
)
def another_asked_to_lift(actor: Actor, thing: AccountLock | None) -> bool:
    """Neither the one who asked, nor whoever stands in for them."""
    if thing is None or thing.lift_asked_by is None:
        return False
    by = thing.lift_asked_by
    return not actor.speaks_for(by.id, by.username)


_WATCHES = (is_signed_in, keeps_accounts_safe, watches_this_account, is_about_another)
_DECIDES = (*_WATCHES, signed_in_strongly)
AGREES = (*_DECIDES, is_proposed, did_not_propose, may_carry_it_out)
LIFTS = (*_DECIDES, is_a_lock_of_the_desk, another_asked_to_lift)

RULES: Rules = {
    Can.LIST_SUSPICIONS: ((is_signed_in, keeps_accounts_safe, signed_in_strongly),),
    Can.SEE_SUSPICION: (_DECIDES,),
    Can.FIND_SUSPICION: ((is_the_system,),),
    Can.PROPOSE_ACTION: (_DECIDES,),
    Can.AGREE_ACTION: (AGREES,),
    # Taking back what one proposed is declining, too.
    Can.DECLINE_ACTION: (_DECIDES,),
    Can.DISMISS_SUSPICION: ((*_DECIDES, did_not_propose),),
    # Alone and at once: whoever is thrown out wrongly signs in again.
    Can.CUT_SESSIONS: (_DECIDES,),
    Can.SEE_LOCK: (_DECIDES,),
    Can.ASK_LIFT: ((*_DECIDES, is_a_lock_of_the_desk),),
    Can.KEEP_LOCK: ((*_DECIDES, is_a_lock_of_the_desk),),
}
