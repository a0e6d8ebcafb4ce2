"""What a company gave to whom of its staff; `thing` is `rules.Facts` of the order."""

from typing import Any

from gapura.access.queries import ORDER, SIGNING
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import clause
from gapura.kernel.texts import N_

_BY_COMPANY = N_("An administrator of your company can change what you may do there.")


@clause(
    N_("Your role at the company does not include its orders."), mend=_BY_COMPANY, link="/company"
)
def looks_after_orders(actor: Actor, thing: Any) -> bool:
    """Administrators do; of staff, those whom the company gave it to. Reading needs no duty."""
    return actor.grant is not None and ORDER in actor.grant.duties


@clause(
    N_("Your role at the company does not include signing for it."),
    mend=_BY_COMPANY,
    link="/company",
)
def signs_for_the_company(actor: Actor, thing: Any) -> bool:
    """What is signed binds the company; administrators may, and staff who were given it."""
    return actor.grant is not None and SIGNING in actor.grant.duties
