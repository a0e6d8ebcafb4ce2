"""Who keeps units and agencies true, and who keeps what stands of a company."""

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
from gapura.organizations.letter_facts import lies_below
from gapura.organizations.permissions import Can
from gapura.organizations.policy import administers_a_company, runs_the_platform

ADMIN = "admin_instansi"


@clause(
    N_("You need the role of administrator of this agency."),
    mend=N_("You can: switch to that role, or ask the agency's administrator."),
)
def administers_its_agency(actor: Actor, thing: Any) -> bool:
    """Administrator of the unit's agency, or of a part that it lies in; without a thing, of any."""
    if actor.role != ADMIN or not actor.agency or actor.grant is None:
        return False
    if thing is None:
        return True
    if actor.agency != thing.agency_id:
        return False
    return not actor.grant.unit or lies_below(thing.unit, actor.grant.unit)


@clause(
    N_("Only whoever administers the whole agency changes how its units are called and arranged."),
    mend=N_("You can: ask the administrator of the whole agency."),
)
def administers_all_of_it(actor: Actor, thing: Any) -> bool:
    """Not only a part of the agency."""
    return actor.grant is not None and not actor.grant.unit


@clause(
    N_("You need the role of platform administrator."),
    mend=N_("You can: switch to that role, or contact the platform administrator."),
    link="/help/contact",
)
def is_about_a_unit(actor: Actor, thing: Any) -> bool:
    """What the platform decided of the agency itself, its closing or its name, it alone undoes."""
    return thing is None or thing.unit is not None


_AGENCY = (is_signed_in, administers_its_agency, administers_all_of_it, signed_in_strongly)
_PLATFORM = (is_signed_in, runs_the_platform, signed_in_strongly)
_COMPANY = (is_signed_in, administers_a_company, signed_in_strongly)
_UNITS = ((is_the_system,), _PLATFORM, _AGENCY)

RULES: Rules = {
    Can.LIST_PLACES: (
        (is_signed_in, administers_its_agency, signed_in_strongly),
        _PLATFORM,
    ),
    Can.CONFIRM_UNIT: ((is_signed_in, administers_its_agency, signed_in_strongly),),
    Can.RENAME_UNIT: _UNITS,
    Can.MOVE_UNIT: _UNITS,
    Can.MERGE_UNIT: _UNITS,
    Can.CLOSE_UNIT: _UNITS,
    Can.RENAME_AGENCY: ((is_the_system,), _PLATFORM),
    Can.CANCEL_CHANGE: ((is_the_system,), _PLATFORM, (*_AGENCY, is_about_a_unit)),
    Can.APPLY_CHANGE: ((is_the_system,),),
    Can.REMIND_PLACES: ((is_the_system,),),
    Can.OPEN_BRANCH: (_COMPANY,),
    Can.CHANGE_BRANCH: (_COMPANY,),
    Can.CLOSE_BRANCH: (_COMPANY,),
    Can.REMIND_PAPERS: ((is_the_system,),),
    Can.ASK_AGAIN: (_COMPANY,),
}

register(RULES)
weigh(binding={Can.CLOSE_UNIT, Can.MERGE_UNIT})
