"""Who takes a contact back, confirms a profile, decides whether two accounts are one person."""

from typing import Any

from gapura.accounts.models import Duplicate
from gapura.accounts.permissions import Can
from gapura.accounts.policy import PLATFORM, is_own_account, runs_the_platform
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.holds import Stops, declare, hold, weigh
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

_DESK = frozenset({"helpdesk", PLATFORM})


@clause(
    N_("You need the role of helpdesk or of platform administrator."),
    mend=N_("If you hold it, switch to it at the top of the page."),
    link="/account",
)
def looks_after_doubles(actor: Actor, thing: Any) -> bool:
    """At the desk of the whole platform: the two accounts may belong to different agencies."""
    return actor.role in _DESK


@clause(
    N_("Nobody decides about a pair that the own account is part of."),
    mend=N_("A colleague with the same role can decide."),
)
def is_neither(actor: Actor, thing: Duplicate) -> bool:
    """The actor, and whom the actor stands in for, are a third person."""
    return not any(actor.speaks_for(one.id, one.username) for one in (thing.first, thing.second))


@clause(
    N_("Whoever announced the closing does not carry it out, nor decide on the objection."),
    mend=N_("Another administrator can."),
)
def did_not_announce(actor: Actor, thing: Duplicate) -> bool:
    """Four eyes before an account ends."""
    return actor.person is not None and actor.person != thing.verdict_by_id


@clause(
    N_("The time to object is not over yet."),
    mend=N_("Wait until the time that both were told. Until then either of them can object."),
)
def time_to_object_is_over(actor: Actor, thing: Duplicate) -> bool:
    """From the very moment that was told, in elapsed hours."""
    return thing.object_until is not None and clock.now() >= thing.object_until


@clause(N_("This must be about your own account."))
def is_one_of_them(actor: Actor, thing: Duplicate) -> bool:
    """Signed in with either of the two."""
    return actor.person is not None and actor.person in (thing.first_id, thing.second_id)


_OWN = ((is_own_account, is_signed_in),)
_LOOKS = (is_signed_in, looks_after_doubles, signed_in_strongly)
_DECIDES = (*_LOOKS, is_neither)
_ENDS = (is_signed_in, runs_the_platform, signed_in_strongly, is_neither, did_not_announce)
_PARTY = ((is_one_of_them, is_signed_in),)

RULES: Rules = {
    # Whoever has the link reads the mailbox or the messages of the contact before.
    Can.UNDO_CONTACT: ((anyone,),),
    Can.CONFIRM_PROFILE: _OWN,
    Can.POSTPONE_PROFILE: _OWN,
    Can.REMIND_PROFILE: ((is_the_system,),),
    Can.FIND_DUPLICATES: ((is_the_system,),),
    Can.LIST_DUPLICATES: (_LOOKS,),
    Can.SEE_DUPLICATE: (_DECIDES,),
    Can.ASK_DUPLICATE: (_DECIDES,),
    Can.DIFFER_DUPLICATE: (_DECIDES,),
    Can.ANNOUNCE_DUPLICATE: (_DECIDES,),
    Can.UPHOLD_DUPLICATE: (_ENDS,),
    Can.CLOSE_DUPLICATE: ((*_ENDS, time_to_object_is_over),),
    Can.LAPSE_DUPLICATE: ((is_the_system,),),
    Can.SEE_OWN_DUPLICATE: _PARTY,
    Can.ANSWER_DUPLICATE: _PARTY,
    Can.OBJECT_DUPLICATE: _PARTY,
}

register(RULES)

CONTACT_CHANGED = hold(
    "contact_changed",
    Stops.BINDING,
    N_(
        "Your e-mail address or telephone number was changed and the change can still be undone:"
        " until then you approve, sign and pay nothing."
    ),
    law=N_(
        "Own rule: whoever took an account over must not bind others before its owner is heard."
    ),
    mend=N_(
        "Wait until the time to undo it is over, or ask a colleague. Your account page says when."
    ),
    link="/account",
)
declare(CONTACT_CHANGED)
weigh(
    exempt={
        Can.UNDO_CONTACT,
        Can.CONFIRM_PROFILE,
        Can.POSTPONE_PROFILE,
        Can.ANSWER_DUPLICATE,
        Can.OBJECT_DUPLICATE,
    },
    binding={Can.ANNOUNCE_DUPLICATE, Can.UPHOLD_DUPLICATE, Can.CLOSE_DUPLICATE},
)
