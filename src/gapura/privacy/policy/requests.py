"""Who may ask about data, and who answers: oneself; an agency's administrator; the officer."""

from typing import Any
from uuid import UUID

from gapura.authentication.queries import has_strong_factor
from gapura.kernel.actor import Actor
from gapura.kernel.holds import Stops, declare, hold, weigh
from gapura.kernel.permissions import (
    Rules,
    clause,
    is_signed_in,
    is_the_system,
    proved_recently,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_
from gapura.privacy.permissions import Can
from gapura.privacy.rules.requests import AGENCY, AGENCY_ROLE, OFFICER


@clause(
    N_("This is about somebody else's data."),
    law=N_("UU 27/2022 Pasal 5-13: these are rights of the person the data is about."),
    mend=N_("Only that person can: you have your own page."),
    link="/account/data",
)
def is_ones_own(actor: Actor, thing: Any) -> bool:
    """Actor and person are one; `thing` has a `person_id`."""
    return actor.person is not None and actor.person == thing.person_id


@clause(
    N_("Requests about personal data are answered by the officer for data protection."),
    law=N_("UU 27/2022 Pasal 53"),
    mend=N_("The platform administrator holds that role; an agency's administrator for its own."),
    link="/help/contact",
)
def answers_for_data(actor: Actor, thing: Any) -> bool:
    """Holds a role that answers somewhere."""
    return actor.role == OFFICER or (actor.role == AGENCY_ROLE and bool(actor.agency))


@clause(N_("This request is answered by another desk."))
def is_at_the_desk(actor: Actor, thing: Any) -> bool:
    """The officer for all; an agency's administrator for what waits at that agency."""
    if actor.role == OFFICER:
        return True
    here = thing.desk == AGENCY and bool(thing.agency) and thing.agency == actor.agency
    return actor.role == AGENCY_ROLE and here


@clause(
    N_("You already have an authenticator app or a passkey."),
    mend=N_("You can: sign in with the app or a passkey, or with a backup code if you lost both."),
    link="/login/step-up",
)
def has_no_strong_factor(actor: Actor, thing: Any) -> bool:
    """An e-mail code is enough only while there is nothing better to ask for.

    Asked of a copy, or of who wants to be erased; the table of rights asks of neither.
    """
    who = thing if isinstance(thing, UUID) else getattr(thing, "person_id", None)
    return not isinstance(who, UUID) or not has_strong_factor(who)


@clause(
    N_("Nobody decides about a request of their own, or of the officer they stand in for."),
    mend=N_("Another administrator of the platform decides."),
)
def is_someone_elses(actor: Actor, thing: Any) -> bool:
    """Nobody answers themself."""
    return not actor.speaks_for(thing.person_id, thing.person.username)


_OWN = (is_signed_in, is_ones_own)
_ANSWERS = (is_signed_in, answers_for_data, is_at_the_desk, is_someone_elses, signed_in_strongly)

RULES: Rules = {
    Can.SEE_OWN: ((is_signed_in,),),
    Can.ASK_COPY: ((is_signed_in,),),
    # All that is held of a person in one file: neither whoever finds a screen unlocked nor whoever
    # stole a password with a mailbox must get it.
    Can.FETCH_COPY: (
        (*_OWN, signed_in_strongly, proved_recently),
        (*_OWN, proved_recently, has_no_strong_factor),
    ),
    Can.MAKE_COPY: ((is_the_system,),),
    Can.ASK: ((is_signed_in,),),
    Can.WITHDRAW: (_OWN,),
    Can.LIST: ((is_signed_in, answers_for_data),),
    Can.SEE: (_OWN, (is_signed_in, answers_for_data, is_at_the_desk, is_someone_elses)),
    Can.TAKE: (_ANSWERS,),
    Can.FULFILL: (_ANSWERS, (is_the_system,)),
    Can.REFUSE: (_ANSWERS,),
    Can.ESCALATE: ((is_the_system,),),
    Can.LIFT: (_OWN,),
}

register(RULES)

# Pausing means that nothing new is done with the data: its person reads on, and acts no more.
RESTRICTED = hold(
    "restriction",
    Stops.WRITING,
    N_("The processing of your data is restricted, as you asked."),
    law=N_("UU 27/2022 Pasal 11, 41: the person may ask for processing to be paused."),
    mend=N_("You can: lift the restriction on the page of your requests."),
    link="/account/data/requests",
)
declare(RESTRICTED)
# The rights over one's data are the way out of it, and no hold takes them away.
weigh(exempt={Can.ASK_COPY, Can.ASK, Can.WITHDRAW, Can.LIFT})
