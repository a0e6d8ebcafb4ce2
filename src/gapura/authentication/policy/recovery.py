"""Who asks for a way back, who vouches, who agrees, who stops it: never one person alone."""

from typing import Any

from gapura.authentication.models import Recovery
from gapura.authentication.permissions import Can
from gapura.authentication.rules import SECONDS, VOUCHERS
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import (
    Rules,
    anyone,
    clause,
    is_signed_in,
    is_the_system,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

_DESKS = frozenset().union(*VOUCHERS.values(), *SECONDS.values())
_LAW = N_("OWASP ASVS 5.0 V6.4.6 and V2.3.5: help with an account never rests on one person.")


@clause(
    N_("You are not acting as somebody who helps people back into their accounts."),
    mend=N_("If you hold such a role, switch to it at the top of the page."),
    link="/account",
)
def helps_people_back(actor: Actor, thing: Any) -> bool:
    """Verifier, administrator or head of unit of an agency; helpdesk; the platform."""
    grant = actor.grant
    return grant is not None and actor.role in _DESKS and not grant.reach


@clause(
    N_("You are not acting as somebody who can vouch for this person."),
    mend=N_("Verifiers and administrators of the agency can; for citizens the helpdesk."),
)
def may_vouch(actor: Actor, thing: Recovery) -> bool:
    """Of the person's agency as a whole; for people without one, of the helpdesk."""
    return actor.role in VOUCHERS[thing.kind] and _is_there(actor, thing)


@clause(
    N_("You are not acting as somebody who can agree to this."),
    mend=N_("Another verifier, administrator or head of unit can; for citizens the platform."),
)
def may_second(actor: Actor, thing: Recovery) -> bool:
    """Of the person's agency; for people without one, the platform's administrator."""
    return actor.role in SECONDS[thing.kind] and _is_there(actor, thing)


def _is_there(actor: Actor, thing: Recovery) -> bool:
    grant = actor.grant
    if grant is None or grant.reach:
        return False
    return thing.kind == "operator" or (bool(grant.agency) and grant.agency == thing.agency)


@clause(
    N_("Nobody brings back their own account."),
    law=_LAW,
    mend=N_("A colleague with the same role can."),
)
def is_about_another(actor: Actor, thing: Recovery) -> bool:
    """Neither the person, nor whoever stands in for them."""
    if actor.person is None or actor.person == thing.person_id:
        return False
    return not (actor.grant and actor.grant.principal == thing.person.username)


@clause(
    N_("You vouched for this person yourself."),
    law=_LAW,
    mend=N_("Somebody else has to look at it: ask a colleague."),
)
def did_not_vouch(actor: Actor, thing: Recovery) -> bool:
    """Neither the one who vouched, nor whoever stands in for them."""
    if actor.person is None or actor.person == thing.vouched_by_id:
        return False
    voucher = thing.vouched_by
    return not (voucher and actor.grant and actor.grant.principal == voucher.username)


@clause(N_("This is about somebody else's account."))
def is_the_owner(actor: Actor, thing: Recovery) -> bool:
    """Actor and person are one."""
    return actor.person is not None and actor.person == thing.person_id


@clause(N_("This link to stop it is not right, or it is over."))
def holds_the_stop_link(actor: Actor, thing: Recovery) -> bool:
    """The address that every message about it carries, and nothing else does."""
    return bool(thing.stop_hash) and actor.facts.get("stop_hash") == thing.stop_hash


_VOUCHES = (is_signed_in, may_vouch, is_about_another, signed_in_strongly)
_SECONDS = (is_signed_in, may_second, is_about_another, did_not_vouch, signed_in_strongly)

RULES: Rules = {
    Can.ASK_RECOVERY: ((anyone,),),
    Can.LIST_RECOVERIES: ((is_signed_in, helps_people_back, signed_in_strongly),),
    Can.SEE_RECOVERY: (
        (is_signed_in, may_vouch, signed_in_strongly),
        (is_signed_in, may_second, signed_in_strongly),
    ),
    Can.SEE_OWN_RECOVERY: ((is_signed_in,),),
    Can.VOUCH_RECOVERY: (_VOUCHES,),
    Can.SECOND_RECOVERY: (_SECONDS,),
    Can.REFUSE_RECOVERY: (
        _VOUCHES,
        (is_signed_in, may_second, is_about_another, signed_in_strongly),
    ),
    Can.HOLD_RECOVERY: ((is_the_system,),),
    # Says nothing to whoever does not hold a link that was sent.
    Can.OPEN_STOP_LINK: ((anyone,),),
    Can.STOP_RECOVERY: ((holds_the_stop_link,), (is_signed_in, is_the_owner), (is_the_system,)),
    Can.LAPSE_RECOVERY: ((is_the_system,),),
    Can.TELL_RECOVERY: ((is_the_system,),),
    # Signed out: the service asks for the code by e-mail and for the slip.
    Can.USE_RECOVERY: ((anyone,),),
}
