"""Who may choose (PP, PPK), who may upload (a company's people), who may only read."""

from typing import Any

from gapura.catalog.permissions import Can
from gapura.catalog.rules import BUYERS, CURATORS, SELLERS
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


@clause(
    N_("You need an active role."),
    mend=N_("You can: request access with your appointment letter."),
    link="/requests/new",
)
def holds_a_role(actor: Actor, thing: Any) -> bool:
    """Any active grant."""
    return actor.grant is not None


@clause(
    N_("Goods are chosen by the procurement officer (PP) or the commitment officer (PPK)."),
    law=N_("Presidential Regulation 16/2018 as changed by 46/2025: e-purchasing by PP and PPK."),
    mend=N_("Your agency's verifier grants these roles on an appointment letter."),
    link="/requests/new",
)
def buys_for_a_unit(actor: Actor, thing: Any) -> bool:
    """PP or PPK of a unit."""
    return actor.role in BUYERS and actor.grant is not None and bool(actor.grant.unit)


@clause(N_("Products are uploaded by the people of a registered company."))
def sells_for_a_company(actor: Actor, thing: Any) -> bool:
    """Administrator or staff of a company."""
    return actor.role in SELLERS and actor.grant is not None and bool(actor.grant.company)


@clause(N_("Products are put into the catalog by a curator."))
def curates_the_catalog(actor: Actor, thing: Any) -> bool:
    """Curator of the platform."""
    return actor.role in CURATORS


@clause(N_("This product is not in the catalog."))
def is_listed_or_own(actor: Actor, thing: Any) -> bool:
    """In the catalog, or the own company's."""
    own = actor.grant is not None and actor.grant.company == thing.company
    return bool(thing.listed) or (own and bool(thing.company))


@clause(N_("This product is not in the catalog."))
def is_listed(actor: Actor, thing: Any) -> bool:
    """What can be bought is listed."""
    return thing is None or bool(thing.listed)


RULES: Rules = {
    Can.LIST: ((is_signed_in, holds_a_role),),
    Can.SEE: (
        (is_signed_in, holds_a_role, is_listed_or_own),
        (is_signed_in, curates_the_catalog),
    ),
    Can.CHOOSE: ((is_signed_in, buys_for_a_unit, is_listed),),
    Can.DROP: ((is_signed_in, buys_for_a_unit),),
    Can.UPLOAD: ((is_signed_in, sells_for_a_company),),
    Can.PUBLISH: ((is_signed_in, curates_the_catalog, signed_in_strongly),),
    Can.LOAD_CATEGORIES: ((is_the_system,),),
}

register(RULES)
