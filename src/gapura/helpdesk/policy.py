"""Who may read and answer cases: the helpdesk all of them, an agency's administrator its own."""

from typing import Any

from gapura.helpdesk.permissions import Can
from gapura.helpdesk.rules import AGENCY, EVERYWHERE
from gapura.kernel.actor import Actor
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rules,
    anyone,
    clause,
    is_signed_in,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_


@clause(
    N_("This is done by the helpdesk or by an agency's administrator."),
    mend=N_("The administrator of your agency can request that role."),
    link="/help/contact",
)
def answers_people(actor: Actor, thing: Any) -> bool:
    """Holds a role that answers cases somewhere."""
    return actor.role in EVERYWHERE or (actor.role == AGENCY and bool(actor.agency))


@clause(N_("This request for help belongs to another agency."))
def answers_for_the_agency(actor: Actor, thing: Any) -> bool:
    """The helpdesk for all; an agency's administrator for that agency."""
    if actor.role in EVERYWHERE:
        return True
    return actor.role == AGENCY and bool(thing.agency) and thing.agency == actor.agency


@clause(
    N_("You cannot answer your own question."),
    mend=N_("Someone else at the helpdesk will answer it."),
)
def is_someone_elses(actor: Actor, thing: Any) -> bool:
    """Nobody closes the own case as if it were answered."""
    return thing.person is None or thing.person != actor.person


_ANSWERER = (is_signed_in, answers_people, answers_for_the_agency)

RULES: Rules = {
    Can.OPEN: ((anyone,),),
    Can.LIST: ((is_signed_in, answers_people),),
    Can.SEE: (_ANSWERER,),
    Can.ANSWER: ((*_ANSWERER, is_someone_elses, signed_in_strongly),),
    Can.CLOSE: ((*_ANSWERER, is_someone_elses, signed_in_strongly),),
}

register(RULES)
# Whoever is held may ask for help.
weigh(exempt={Can.OPEN, Can.ANSWER, Can.CLOSE})
