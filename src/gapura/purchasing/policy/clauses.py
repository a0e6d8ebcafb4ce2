"""What has to hold of a person and an order; `thing` is `rules.Facts` of the order."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from gapura.access.queries import conflict_basis
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import clause
from gapura.kernel.texts import N_
from gapura.purchasing.rules import (
    ARBITERS,
    AUDITOR,
    BUYER,
    BUYERS,
    COMMITMENT,
    OFFICER,
    READERS,
    SELLER,
    SELLERS,
    TREASURER,
)
from gapura.purchasing.states import ADDENDUM, HANDED_OVER, PROCESS

_BUYING = N_("Presidential Regulation 16/2018 as changed by 46/2025: e-purchasing by PP and PPK.")
_SEPARATION = N_("Separation of duties (BSSN 4/2021 art. 27, functions 3 and 10).")
_SWITCH = N_("If you hold that role, switch to it at the top of the page.")


@clause(N_("You are not acting in a role that works with orders."), mend=_SWITCH, link="/account")
def works_with_orders(actor: Actor, thing: Any) -> bool:
    """Buys, sells, pays, audits, or decides on cancellations."""
    return actor.role in BUYERS | SELLERS | ARBITERS | READERS | {TREASURER, AUDITOR}


@clause(
    N_("This is read by the internal auditor (APIP) and by those who answer for the budget."),
    mend=_SWITCH,
)
def watches_over_orders(actor: Actor, thing: Any) -> bool:
    """The agency's auditor, a unit's budget user or proxy."""
    return actor.role in READERS | {AUDITOR}


@clause(
    N_("Orders are made by the procurement officer (PP) or the commitment officer (PPK)."),
    law=_BUYING,
    mend=N_("Your agency's verifier grants these roles on an appointment letter."),
    link="/requests/new",
)
def buys_for_a_unit(actor: Actor, thing: Any) -> bool:
    """PP or PPK of a unit."""
    return actor.role in BUYERS and actor.grant is not None and bool(actor.grant.unit)


@clause(N_("This order belongs to another unit."))
def is_of_the_unit(actor: Actor, thing: Any) -> bool:
    """The active role is held at the order's unit."""
    return actor.grant is not None and bool(thing.unit) and actor.grant.unit == thing.unit


@clause(
    N_("This order is in the hands of the other office: PP or PPK, whichever drafted it."),
    mend=_SWITCH,
)
def holds_the_buyers_office(actor: Actor, thing: Any) -> bool:
    """The same office as the one that drafted it; a colleague may go on with it."""
    return bool(actor.role == thing.buyer_role)


@clause(
    N_("Only the commitment officer (PPK) of the unit can do this."),
    law=_BUYING,
    mend=_SWITCH,
)
def is_commitment_officer(actor: Actor, thing: Any) -> bool:
    """The active role is PPK."""
    return actor.role == COMMITMENT


def _law_of(one: str, other: str) -> Callable[[Actor], str]:
    """The dated rule by which these roles are apart for one package, as it stands today."""
    return lambda actor: conflict_basis(one, other, clock.today()) or _SEPARATION


@clause(
    N_("You drafted this order as PP, or sent it on, so somebody else reviews and signs it."),
    law=_SEPARATION,
    mend=N_("Another commitment officer (PPK) of the unit can."),
    cites=_law_of(OFFICER, COMMITMENT),
)
def did_not_draft_it_as_officer(actor: Actor, thing: Any) -> bool:
    """A PP's order is another person's to sign; a PPK signs the own order above the ceiling."""
    return bool(thing.buyer_role == COMMITMENT or actor.person not in _officers(thing))


@clause(
    N_("You belong to the company that gets this order."),
    law=N_("Presidential Regulation 16/2018 article 7: conflicts of interest are to be avoided."),
    mend=N_("Another officer of the unit, who does not belong to it, can."),
)
def belongs_to_another_company(actor: Actor, thing: Any) -> bool:
    """No grant of the person's, active or not just now, is for the order's company."""
    return thing.company not in {grant.company for grant in actor.grants}


@clause(
    N_("You bought this for the unit, so you do not answer for the company."),
    law=N_("Presidential Regulation 16/2018 article 7: conflicts of interest are to be avoided."),
    mend=N_("Somebody else of the company can."),
)
def did_not_buy_it(actor: Actor, thing: Any) -> bool:
    """Whoever acted for the unit is not the other side of the same order, also not later."""
    return actor.person != thing.ppk and actor.person not in _officers(thing)


@clause(
    N_("You ordered this for the unit, so somebody else pays for it."),
    law=_SEPARATION,
    mend=N_("Another treasurer of the unit can."),
    cites=_law_of(COMMITMENT, TREASURER),
)
def did_not_order_it(actor: Actor, thing: Any) -> bool:
    """Whoever drafted, sent on, reviewed or signed an order does not pay it, also not later."""
    return actor.person != thing.ppk and actor.person not in _officers(thing)


def _officers(thing: Any) -> frozenset[UUID]:
    """Who drafted it, or sent it on for a colleague."""
    return frozenset((thing.buyer, *thing.senders))


@clause(
    N_("Another commitment officer reviewed this order, and the letter names that person."),
    mend=N_("That officer signs it. You can take it back to the review instead, and approve it."),
)
def reviewed_it(actor: Actor, thing: Any) -> bool:
    """The letter names the PPK who approved it."""
    return actor.person is not None and thing.ppk == actor.person


@clause(
    N_("You reviewed this order yourself, so there is nobody to take it over from."),
    mend=N_("You can: sign its letter, or end it."),
)
def somebody_else_reviewed_it(actor: Actor, thing: Any) -> bool:
    """The letter names another PPK."""
    return thing.ppk is not None and thing.ppk != actor.person


@clause(N_("Only the people of the company that gets the order can do this."), mend=_SWITCH)
def sells_for_the_company(actor: Actor, thing: Any) -> bool:
    """Administrator or staff of the order's company."""
    if actor.role not in SELLERS or actor.grant is None:
        return False
    return bool(actor.grant.company) and actor.grant.company == thing.company


@clause(N_("This order has not been sent yet."))
def was_sent(actor: Actor, thing: Any) -> bool:
    """A draft is nobody's business but the unit's buyers'."""
    return bool(thing.submitted)


@clause(N_("Only the treasurer of the unit can do this."), mend=_SWITCH)
def is_treasurer(actor: Actor, thing: Any) -> bool:
    """The active role is the treasurer's."""
    return actor.role == TREASURER


@clause(N_("The supplier has not accepted this order yet."))
def was_accepted(actor: Actor, thing: Any) -> bool:
    """There is a contract."""
    return bool(thing.accepted)


@clause(N_("This order belongs to another agency."))
def audits_the_agency(actor: Actor, thing: Any) -> bool:
    """The internal auditor of the order's agency."""
    return actor.role == AUDITOR and bool(actor.agency) and actor.agency == thing.agency


@clause(N_("Only those who answer for the unit's budget can do this."), mend=_SWITCH)
def answers_for_the_budget(actor: Actor, thing: Any) -> bool:
    """The budget user of a unit, or the proxy: they read, and change nothing."""
    return actor.role in READERS


@clause(N_("Only the helpdesk and the platform's administrator can do this."), mend=_SWITCH)
def arbitrates(actor: Actor, thing: Any) -> bool:
    """Stands between the parties."""
    return actor.role in ARBITERS


@clause(N_("Nobody asked for this order to be cancelled."))
def cancel_was_asked(actor: Actor, thing: Any) -> bool:
    """Those who stand between the parties see what was brought before them, no more."""
    return bool(thing.cancel_asked)


@clause(N_("The other side answers next."), mend=N_("You are told as soon as it has."))
def is_buyers_turn(actor: Actor, thing: Any) -> bool:
    """The buyer has to answer."""
    return bool(thing.turn == BUYER)


@clause(N_("The other side answers next."), mend=N_("You are told as soon as it has."))
def is_sellers_turn(actor: Actor, thing: Any) -> bool:
    """The supplier has to answer."""
    return bool(thing.turn == SELLER)


@clause(N_("This order is not being carried out now."))
def is_in_process(actor: Actor, thing: Any) -> bool:
    """Accepted; no addendum or cancellation is open."""
    return bool(thing.state == PROCESS)


@clause(N_("The goods have not been handed over by both sides yet."))
def is_handed_over(actor: Actor, thing: Any) -> bool:
    """The handover record has both signatures."""
    return bool(thing.delivery == HANDED_OVER)


@clause(N_("The goods have been handed over; the order can only be paid now."))
def is_not_handed_over(actor: Actor, thing: Any) -> bool:
    """There is still something to deliver."""
    return bool(thing.delivery != HANDED_OVER)


@clause(N_("There is no addendum to answer."))
def has_an_addendum(actor: Actor, thing: Any) -> bool:
    """An addendum waits for an answer."""
    return bool(thing.state == ADDENDUM)
