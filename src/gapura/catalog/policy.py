"""Who may choose (PP, PPK), who may offer (a company's people), who curates, who only reads.

The thing is a product as `queries.views` or `services.loading` give it: `company` is the code,
`state` a state of the product.
"""

from typing import Any

from gapura.access.queries import PRODUCT
from gapura.catalog.permissions import Can
from gapura.catalog.rules import AUDITORS, BUYERS, CURATORS, SELLERS
from gapura.catalog.states import DRAFT, LISTED, VISIBLE
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


@clause(N_("Products are offered by the people of a registered company."))
def sells_for_a_company(actor: Actor, thing: Any) -> bool:
    """Administrator or staff of a company."""
    return actor.role in SELLERS and actor.grant is not None and bool(actor.grant.company)


@clause(
    N_("Your role at the company does not include its products."),
    mend=N_("An administrator of your company can change what you may do there."),
    link="/company",
)
def looks_after_products(actor: Actor, thing: Any) -> bool:
    """Administrators do; of staff, those whom the company gave it to. Reading needs no duty."""
    return actor.grant is not None and PRODUCT in actor.grant.duties


@clause(N_("This product is another company's."))
def is_the_own_companys(actor: Actor, thing: Any) -> bool:
    """The company of the active grant."""
    own = actor.grant.company if actor.grant else ""
    return thing is None or (bool(own) and thing.company == own)


@clause(N_("Products are checked by a curator."))
def curates_the_catalog(actor: Actor, thing: Any) -> bool:
    """Curator of the platform."""
    return actor.role in CURATORS


@clause(N_("This is read by auditors and the platform."))
def audits_the_catalog(actor: Actor, thing: Any) -> bool:
    """Internal auditor or administrator of the platform."""
    return actor.role in AUDITORS


@clause(
    N_("You belong to the company that offers this product."),
    law=N_("Presidential Regulation 16/2018 article 7: conflicts of interest are to be avoided."),
    mend=N_("Another curator decides about it."),
)
def belongs_to_another_company(actor: Actor, thing: Any) -> bool:
    """No grant of the person's, active or not just now, is for this company."""
    own = {grant.company for grant in actor.grants}
    return thing is None or thing.company not in own


@clause(N_("This product is not in the catalog."))
def is_visible(actor: Actor, thing: Any) -> bool:
    """Listed, or frozen: it can be looked at."""
    return thing.state in VISIBLE


@clause(N_("This product is still being written by its company."))
def was_submitted(actor: Actor, thing: Any) -> bool:
    """Drafts are nobody else's business."""
    return bool(thing.state != DRAFT)


@clause(N_("This version is still being written by the company."))
def is_a_sent_version(actor: Actor, thing: Any) -> bool:
    """Somebody else than its company has to do with it."""
    return bool(thing.version_state != DRAFT)


@clause(N_("This version stands in no order of yours."))
def stands_in_an_order_of_theirs(actor: Actor, thing: Any) -> bool:
    """Whoever may see an order may see what was ordered, whatever became of the product."""
    return bool(thing.ordered)


@clause(N_("This product is not in the catalog."))
def is_listed(actor: Actor, thing: Any) -> bool:
    """What can be bought is listed."""
    return thing is None or thing.state == LISTED


_SELLER = (is_signed_in, sells_for_a_company, is_the_own_companys)
_OFFERS = (*_SELLER, looks_after_products)
_CURATOR = (
    is_signed_in,
    curates_the_catalog,
    belongs_to_another_company,
    signed_in_strongly,
)

RULES: Rules = {
    Can.LIST: ((is_signed_in, holds_a_role),),
    Can.SEE: (
        (is_signed_in, holds_a_role, is_visible),
        _SELLER,
        (is_signed_in, curates_the_catalog, was_submitted),
        (is_signed_in, audits_the_catalog, was_submitted),
    ),
    Can.SEE_VERSION: (
        _SELLER,
        (is_signed_in, curates_the_catalog, is_a_sent_version),
        (is_signed_in, audits_the_catalog, is_a_sent_version),
        (is_signed_in, holds_a_role, stands_in_an_order_of_theirs),
    ),
    Can.CHOOSE: ((is_signed_in, buys_for_a_unit, is_listed),),
    Can.DROP: ((is_signed_in, buys_for_a_unit),),
    Can.LIST_OWN: ((is_signed_in, sells_for_a_company),),
    Can.DRAFT: ((is_signed_in, sells_for_a_company, looks_after_products),),
    Can.SAVE: (_OFFERS,),
    Can.SUBMIT: (_OFFERS,),
    Can.RESUBMIT: (_OFFERS,),
    Can.WITHDRAW: (_OFFERS,),
    Can.RELIST: (_OFFERS,),
    Can.SET_PRICE: (_OFFERS,),
    Can.SET_STOCK: (_OFFERS,),
    Can.ADD_PICTURE: (_OFFERS,),
    Can.REMOVE_PICTURE: (_OFFERS,),
    Can.CLAIM: (_OFFERS,),
    Can.SEE_QUEUE: ((is_signed_in, curates_the_catalog),),
    Can.REVIEW: ((is_signed_in, curates_the_catalog, belongs_to_another_company),),
    Can.APPROVE: (_CURATOR,),
    Can.REJECT: (_CURATOR,),
    Can.FREEZE: (_CURATOR,),
    Can.UNFREEZE: (_CURATOR,),
    Can.TAKE_DOWN: (_CURATOR,),
    Can.VERIFY_CLAIM: (_CURATOR,),
    Can.REJECT_CLAIM: (_CURATOR,),
    Can.LOAD_CATEGORIES: ((is_the_system,),),
    Can.LOAD_PRODUCTS: ((is_the_system,),),
}

register(RULES)
weigh(binding={Can.APPROVE, Can.UNFREEZE, Can.VERIFY_CLAIM})
