"""Who may read the log and who may erase from it."""

from typing import Any

from gapura.audit.events import Readers
from gapura.audit.permissions import Can
from gapura.audit.rules import AGENCY_LOG, WHOLE_LOG
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

_LAW = N_("Government Regulation 71/2019 article 22: the audit trail serves supervision.")


@clause(
    N_("You need the role of platform administrator, agency administrator or internal auditor."),
    law=_LAW,
    mend=N_("You can: switch to that role, or request it."),
    link="/requests/new",
)
def oversees_a_log(actor: Actor, thing: Any) -> bool:
    """A role that reads other people's entries, with the agency it reads them for."""
    return actor.role in WHOLE_LOG or (actor.role in AGENCY_LOG and bool(actor.agency))


@clause(N_("You need the role of platform administrator."), law=_LAW)
def oversees_the_whole_log(actor: Actor, thing: Any) -> bool:
    """The platform reads all agencies."""
    return actor.role in WHOLE_LOG


@clause(N_("The entry must belong to your own agency."), law=_LAW)
def oversees_its_agency(actor: Actor, thing: Any) -> bool:
    """The agency's administrator and auditor, for entries that agencies may read."""
    return (
        actor.role in AGENCY_LOG
        and bool(actor.agency)
        and thing.agency == actor.agency
        and thing.readers == Readers.AGENCY
    )


@clause(
    N_("The entry must be about you or about something you did."),
    law=N_("Law 27/2022 article 32: access to the history of processing."),
)
def is_of_own_life(actor: Actor, thing: Any) -> bool:
    """One's own deeds, and what others did to one's account."""
    mine = actor.person is not None and str(actor.person) in {thing.person, thing.actor_person}
    return mine and thing.readers != Readers.PLATFORM


RULES: Rules = {
    Can.EXPLORE: ((is_signed_in, oversees_a_log, signed_in_strongly),),
    Can.EXPLORE_OWN: ((is_signed_in,),),
    Can.SHOW: (
        (is_signed_in, oversees_the_whole_log, signed_in_strongly),
        (is_signed_in, oversees_its_agency, signed_in_strongly),
        (is_signed_in, is_of_own_life),
    ),
    Can.ERASE: ((is_the_system,), (is_signed_in, oversees_the_whole_log, signed_in_strongly)),
}
register(RULES)
