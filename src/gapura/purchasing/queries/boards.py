"""Boards: a unit's, a company's, a treasurer's, an auditor's and an arbiter's orders, by tab."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.purchasing.models import Order
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.facts import kind_of, scope, senders, verbs_of
from gapura.purchasing.queries.lists import Board, Figure, OrderRow, Tab
from gapura.purchasing.queries.orders import next_step
from gapura.purchasing.rules import BUYER, SELLER, Facts
from gapura.purchasing.words import STATE_NAMES, TABS, TabRule

PAGE = 25
_COLUMNS = (
    "id", "agency_id", "unit_id", "company_id", "state", "delivery__state", "buyer_id",
    "buyer_role", "ppk_id", "turn", "submitted_at", "accepted_at", "cancel_asked_at", "senders",
    "reference", "unit__name", "company__name", "total", "zone", "due_at", "changed_at",
)  # fmt: skip
_FACTS = 14


def board(actor: Actor, tab: str = "", page: int = 1) -> Board:
    """One page (25) of what the actor may see under a tab.

    Without a tab, or under an unknown one, it is the first that has something, else the first.

    Two statements: the counts and the page.

    :raises Refused: for roles that do not work with orders.
    """
    require(actor, Can.LIST)
    rules = TABS[kind_of(actor)]
    counts = _counts(actor, rules)
    filled = next((rule for rule in rules if counts[rule.code]), rules[0])
    chosen = next((rule for rule in rules if rule.code == tab), filled)
    page = max(1, min(page, 1 + (counts[chosen.code] - 1) // PAGE))
    first = (page - 1) * PAGE
    rows = Order.objects.filter(scope(actor), _of(chosen)).order_by("-changed_at", "id")
    found = (
        rows.annotate(senders=senders()).values_list(*_COLUMNS)[first : first + PAGE]
        if counts[chosen.code]
        else ()
    )
    return Board(
        tab=chosen.code,
        tabs=tuple(Tab(rule.code, rule.name, counts[rule.code]) for rule in rules),
        counts=counts,
        rows=tuple(_row(actor, values) for values in found),
        total=counts[chosen.code],
        page=page,
    )


def figures(actor: Actor) -> tuple[Figure, ...]:
    """How many orders wait under each tab, for the home page; empty for other roles."""
    if not may(actor, Can.LIST):
        return ()
    rules = TABS[kind_of(actor)]
    counts = _counts(actor, rules)
    return tuple(Figure(rule.code, rule.name, counts[rule.code]) for rule in rules)


def offers_of(actor: Actor) -> tuple[OrderRow, ...]:
    """Negotiations in which the actor's side has to answer, the nearest deadline first; 25 at most.

    :raises Refused: for roles that do not work with orders.
    """
    require(actor, Can.LIST)
    side = SELLER if kind_of(actor) == "seller" else BUYER
    rows = Order.objects.filter(scope(actor), state="on_negotiation", turn=side)
    found = rows.order_by("due_at", "id").annotate(senders=senders()).values_list(*_COLUMNS)[:PAGE]
    return tuple(_row(actor, values) for values in found)


def _of(rule: TabRule) -> Q:
    found = Q(state__in=rule.states)
    return found & Q(delivery__state__in=rule.deliveries) if rule.deliveries else found


def _counts(actor: Actor, rules: Iterable[TabRule]) -> dict[str, int]:
    counted = {rule.code: Count("id", filter=_of(rule)) for rule in rules}
    found: dict[str, int] = Order.objects.filter(scope(actor)).aggregate(**counted)
    return found


def _row(actor: Actor, values: tuple[Any, ...]) -> OrderRow:
    id_, agency, unit, company, state, delivery, *more = values[:_FACTS]
    buyer, buyer_role, ppk, turn, submitted, accepted, cancel, sent = more
    facts = Facts(
        id_, agency, unit, company, state, delivery or "", buyer, buyer_role, ppk, turn,
        submitted is not None, accepted is not None, cancel is not None, tuple(sent),
    )  # fmt: skip
    reference, unit_name, company_name, total, zone, due_at, changed_at = values[_FACTS:]
    next_ = next_step(facts, verbs_of(actor, facts), due_at)
    return OrderRow(
        id=id_,
        reference=reference,
        state=state,
        state_name=STATE_NAMES[state],
        delivery=delivery or "",
        unit_name=unit_name,
        company_name=company_name,
        total=total,
        zone=zone,
        due_at=next_.due,
        changed_at=changed_at,
        next=next_.what,
        mine=next_.mine,
    )
