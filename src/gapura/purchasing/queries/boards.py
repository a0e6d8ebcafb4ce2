"""Boards: a unit's, a company's, a treasurer's, an auditor's and an arbiter's orders, by tab."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.kernel.prepared import Prepared
from gapura.purchasing.models import Order
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.facts import (
    kind_of,
    place_of,
    scope,
    scope_of,
    senders,
    verbs_of,
)
from gapura.purchasing.queries.lists import Board, Figures, OrderRow, Tab
from gapura.purchasing.queries.orders import next_step
from gapura.purchasing.rules import BUYER, SELLER, Facts
from gapura.purchasing.states import ORDER
from gapura.purchasing.words import STATE_NAMES, TABS, TabRule

PAGE = 25
_COLUMNS = (
    "id", "agency_id", "unit_id", "company_id", "state", "delivery__state", "buyer_id",
    "buyer_role", "ppk_id", "turn", "submitted_at", "accepted_at", "cancel_asked_at", "senders",
    "reference", "unit__name", "company__name", "total", "zone", "due_at", "changed_at",
)  # fmt: skip
_FACTS = 14
_NO_ID = UUID(int=0)
_GOING_ON = tuple(state for state in STATE_NAMES if ORDER.verbs_from(state))


def board(actor: Actor, tab: str = "", page: int = 1) -> Board:
    """One page (25) of what the actor may see under a tab.

    Without a tab, or under an unknown one, it is the first that has something, else the first.

    Two statements: the counts and the page.

    :raises Refused: for roles that do not work with orders.
    """
    require(actor, Can.LIST)
    kind, bounds = kind_of(actor), _bounds(actor)
    rules = TABS[kind]
    counts = _counts(kind, bounds)
    filled = next((rule for rule in rules if counts[rule.code]), rules[0])
    chosen = next((rule for rule in rules if rule.code == tab), filled)
    page = max(1, min(page, 1 + (counts[chosen.code] - 1) // PAGE))
    first = (page - 1) * PAGE
    found = _page(kind, chosen.code, first).rows(*bounds) if counts[chosen.code] else ()
    return Board(
        tab=chosen.code,
        tabs=tuple(Tab(rule.code, rule.name, counts[rule.code]) for rule in rules),
        counts=counts,
        rows=tuple(_row(actor, values) for values in found),
        total=counts[chosen.code],
        page=page,
    )


def figures(actor: Actor) -> Figures:
    """How many orders are open, and how many of them wait for the actor; none for other roles.

    One statement, with a row for each way in which open orders stand.
    """
    if not may(actor, Can.LIST):
        return Figures(0, 0)
    rows = [(facts, count) for *facts, count in _waiting(kind_of(actor)).rows(*_bounds(actor))]
    mine = sum(count for facts, count in rows if _is_mine(actor, facts))
    return Figures(mine, sum(count for _, count in rows))


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


# What stands for the place in a compiled statement; nothing does for arbiters, who see all places.
_PLACE = "a place"


def _bounds(actor: Actor) -> tuple[str, ...]:
    return () if kind_of(actor) == "arbiter" else (place_of(actor),)


def _prepared(kind: str, build: Callable[[QuerySet[Order]], QuerySet[Order, Any]]) -> Prepared:
    """A statement over the orders of one kind of reader; its parameters are `_bounds`."""
    probes = () if kind == "arbiter" else (_PLACE,)
    return Prepared(lambda *_: build(Order.objects.filter(scope_of(kind, _PLACE))), *probes)


@cache
def _standing(kind: str) -> Prepared:
    """How many orders stand how: state, delivery, count."""
    by = ("state", "delivery__state")
    return _prepared(
        kind, lambda rows: rows.order_by().values_list(*by).annotate(count=Count("id"))
    )


@cache
def _waiting(kind: str) -> Prepared:
    """What decides who acts next, of the orders that have not ended, and how many are alike."""
    by = _COLUMNS[1:_FACTS]
    return _prepared(
        kind,
        lambda rows: (
            rows.filter(state__in=_GOING_ON)
            .order_by()
            .annotate(senders=senders())
            .values_list(*by)
            .annotate(count=Count("id"))
        ),
    )


# Nearly all reading is of first pages.
@lru_cache(128)
def _page(kind: str, tab: str, first: int) -> Prepared:
    rule = next(rule for rule in TABS[kind] if rule.code == tab)

    def build(rows: QuerySet[Order]) -> QuerySet[Order, Any]:
        found = rows.filter(_of(rule)).order_by("-changed_at", "id").annotate(senders=senders())
        return found.values_list(*_COLUMNS)[first : first + PAGE]

    return _prepared(kind, build)


def _counts(kind: str, bounds: tuple[str, ...]) -> dict[str, int]:
    """How many orders are under each tab; one may be under several."""
    standing = _standing(kind).rows(*bounds)
    return {
        rule.code: sum(count for state, way, count in standing if _is_under(rule, state, way))
        for rule in TABS[kind]
    }


def _is_under(rule: TabRule, state: str, delivery: str | None) -> bool:
    return state in rule.states and (not rule.deliveries or delivery in rule.deliveries)


def _facts(values: Sequence[Any]) -> Facts:
    """The first of `_COLUMNS` as rules take them."""
    id_, agency, unit, company, state, delivery, *more = values
    buyer, buyer_role, ppk, turn, submitted, accepted, cancel, sent = more
    return Facts(
        id_, agency, unit, company, state, delivery or "", buyer, buyer_role, ppk, turn,
        submitted is not None, accepted is not None, cancel is not None, tuple(sent),
    )  # fmt: skip


def _is_mine(actor: Actor, values: Sequence[Any]) -> bool:
    """Does the actor do what comes next? No rule looks at which order it is, so there is no id."""
    facts = _facts((_NO_ID, *values))
    return next_step(facts, verbs_of(actor, facts), None).mine


def _row(actor: Actor, values: tuple[Any, ...]) -> OrderRow:
    facts = _facts(values[:_FACTS])
    id_, state, delivery = facts.id, facts.state, facts.delivery
    reference, unit_name, company_name, total, zone, due_at, changed_at = values[_FACTS:]
    next_ = next_step(facts, verbs_of(actor, facts), due_at)
    return OrderRow(
        id=id_,
        reference=reference,
        state=state,
        state_name=STATE_NAMES[state],
        delivery=delivery,
        unit_name=unit_name,
        company_name=company_name,
        total=total,
        zone=zone,
        due_at=next_.due,
        changed_at=changed_at,
        next=next_.what,
        mine=next_.mine,
    )
