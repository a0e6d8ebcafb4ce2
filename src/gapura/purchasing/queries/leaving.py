"""Open orders that hang on one officer of an agency, for when that person leaves."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.purchasing.models import Order
from gapura.purchasing.queries.facts import facts_of, whole
from gapura.purchasing.rules import BUYER, COMMITMENT, TREASURER
from gapura.purchasing.states import (
    ADDENDUM,
    ARRIVED,
    ESIGN,
    HANDED_OVER,
    ORDER,
    OUTSIDE,
    PROCESS,
    REVIEW,
)
from gapura.purchasing.words import STATE_NAMES, duty_of

MOST = 500
# What waits for whoever holds an office at the unit, whoever began the order.
_WAITS: dict[str, Q] = {
    COMMITMENT: Q(state__in=(REVIEW, ESIGN))
    | Q(state=PROCESS, delivery__state=ARRIVED)
    | Q(state=ADDENDUM, turn=BUYER),
    TREASURER: Q(state=PROCESS, delivery__state=HANDED_OVER) | Q(state=OUTSIDE),
}


@dataclass(frozen=True, slots=True)
class LeftOrder:
    """An open order. `role` does `what` next, empty where the unit waits for others.

    `only_signer`: the letter names this person, so nobody else can sign it as it is. `barred` may
    not do it for reasons of the law: who drafted or sent a PP's order does not review it.
    """

    id: UUID
    reference: str
    state: str
    state_name: str
    unit: str
    unit_name: str
    company_name: str
    total: Decimal
    due_at: datetime | None
    zone: str
    role: str
    what: str
    only_signer: bool
    barred: frozenset[UUID]


def orders_left(
    person: UUID, agency: str, alone: frozenset[tuple[str, str]]
) -> tuple[LeftOrder, ...]:
    """Open orders of the agency's units where the person is buyer or PPK; MOST at most.

    With what waits for an office (role, unit) of `alone`, which nobody else holds. The caller
    asked the right; one query.
    """
    which = Q(buyer=person) | Q(ppk=person)
    for role, unit in sorted(alone):
        if role in _WAITS:
            which |= Q(unit=unit) & _WAITS[role]
    rows = Order.objects.filter(which, agency=agency).exclude(state__in=ORDER.ends)
    ordered: QuerySet[Order] = whole(rows).order_by("unit_id", "state", "id")
    return tuple(_left(row, person) for row in ordered[:MOST])


def _left(row: Order, person: UUID) -> LeftOrder:
    facts = facts_of(row)
    duty = duty_of(facts.state, facts.turn, facts.delivery)
    offices = {"buyer": row.buyer_role, "signer": COMMITMENT, "treasurer": TREASURER}
    role = offices.get(duty.office, duty.office if duty.office in ("pp", "ppk") else "")
    drafted = role == COMMITMENT and row.buyer_role != COMMITMENT
    return LeftOrder(
        id=row.id,
        reference=row.reference,
        state=row.state,
        state_name=STATE_NAMES[row.state],
        unit=row.unit_id,
        unit_name=row.unit.name,
        company_name=row.company.name,
        total=row.total,
        due_at=row.due_at,
        zone=row.zone,
        role=role,
        what=duty.what,
        only_signer=row.state == ESIGN and row.ppk_id == person,
        barred=frozenset((facts.buyer, *facts.senders)) if drafted else frozenset(),
    )
