"""Who rates a supplier, and who reads how suppliers do. `thing` of rating is an order's facts."""

from typing import Any

from gapura.evaluations.permissions import Can
from gapura.kernel.actor import Actor
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import (
    Rules,
    acts_without_conflict,
    clause,
    is_signed_in,
    register,
    signed_in_strongly,
)
from gapura.kernel.texts import N_

_LAW = N_("Presidential Regulation 16/2018 article 11 (1) m; LKPP Regulation 4/2021.")
_COMMITMENT = "ppk"
_SELLERS = frozenset({"admin_perusahaan", "staf_perusahaan"})
_OF_AN_AGENCY = frozenset({"pp", "ppk", "pa", "kpa", "pokja", "apip", "admin_instansi"})
_EVERYWHERE = frozenset({"admin_platform"})
_HANDED_OVER = "handed_over"
_SWITCH = N_("If you hold that role, switch to it at the top of the page.")


@clause(
    N_("The commitment officer (PPK) of the unit that ordered rates the supplier."),
    law=_LAW,
    mend=_SWITCH,
)
def ordered_as_commitment_officer(actor: Actor, thing: Any) -> bool:
    """The PPK of the order's unit."""
    grant = actor.grant
    return grant is not None and actor.role == _COMMITMENT and grant.unit == thing.unit


@clause(N_("A supplier is rated when the goods have been handed over by both sides."), law=_LAW)
def has_been_handed_over(actor: Actor, thing: Any) -> bool:
    """Both sides have signed the handover record."""
    return bool(thing.delivery == _HANDED_OVER)


@clause(
    N_("You belong to the company that is rated."),
    law=N_("Presidential Regulation 16/2018 article 7: conflicts of interest are to be avoided."),
)
def rates_another_company(actor: Actor, thing: Any) -> bool:
    """Nobody rates the company they work for."""
    return thing.company not in {grant.company for grant in actor.grants}


@clause(
    N_("Those who buy, audit or administer an agency compare suppliers."), law=_LAW, mend=_SWITCH
)
def compares_suppliers(actor: Actor, thing: Any) -> bool:
    """Buyers, auditors, budget users and administrators."""
    return actor.role in _EVERYWHERE or (actor.role in _OF_AN_AGENCY and bool(actor.agency))


@clause(N_("Only the people of a company see its own figures."), mend=_SWITCH)
def sells_for_a_company(actor: Actor, thing: Any) -> bool:
    """Administrator or staff of a company."""
    return actor.role in _SELLERS and actor.grant is not None and bool(actor.grant.company)


RULES: Rules = {
    Can.RATE: (
        (
            is_signed_in,
            ordered_as_commitment_officer,
            rates_another_company,
            has_been_handed_over,
            signed_in_strongly,
            acts_without_conflict,
        ),
    ),
    Can.COMPARE: ((is_signed_in, compares_suppliers),),
    Can.SEE_OWN: ((is_signed_in, sells_for_a_company),),
}
register(RULES)
weigh(binding={Can.RATE})
