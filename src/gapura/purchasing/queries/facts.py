"""Orders as rows that may be seen by an actor, and the facts that decide what may be done."""

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.prepared import PreparedRow
from gapura.kernel.states import Step
from gapura.purchasing.errors import NoSuchOrder
from gapura.purchasing.models import Moment, Order
from gapura.purchasing.permissions import Can
from gapura.purchasing.rules import (
    ARBITERS,
    AUDITOR,
    BUYERS,
    READERS,
    SELLERS,
    TREASURER,
    Facts,
)
from gapura.purchasing.states import ARRIVED, DELIVERY, ORDER, PROCESS

_SEALED = ("nik", "nip", "phone")
_PEOPLE = ("buyer", "ppk")
# Sealed numbers of people are not opened to show an order.
SEALED = tuple(f"{who}__{number}" for who in _PEOPLE for number in _SEALED)

# By these an order leaves the buyer's desk; who takes one answers for it as its drafter does.
_SENDING = ("submit", "propose_price", "answer_offer", "agree")

_KINDS = {
    **dict.fromkeys(BUYERS, "buyer"),
    **dict.fromkeys(SELLERS, "seller"),
    **dict.fromkeys(ARBITERS, "arbiter"),
    **dict.fromkeys(READERS, "reader"),
    TREASURER: "treasurer",
    AUDITOR: "auditor",
}


def senders() -> ArraySubquery:
    """The people who sent an order on for its unit, as `Facts.senders` takes them."""
    sent = Moment.objects.filter(order=OuterRef("pk"), side="buyer", verb__in=_SENDING)
    return ArraySubquery(sent.values("person"))


def facts_of(row: Order) -> Facts:
    """What rules look at; the row was read by `whole`, with its delivery and its senders."""
    sent: list[UUID] = getattr(row, "senders")  # noqa: B009 - an annotation of `whole`
    delivery = getattr(row, "delivery", None)
    return Facts(
        id=row.id,
        agency=row.agency_id,
        unit=row.unit_id,
        company=row.company_id,
        state=row.state,
        delivery=delivery.state if delivery else "",
        buyer=row.buyer_id,
        buyer_role=row.buyer_role,
        ppk=row.ppk_id,
        turn=row.turn,
        submitted=row.submitted_at is not None,
        accepted=row.accepted_at is not None,
        cancel_asked=row.cancel_asked_at is not None,
        senders=tuple(sent),
    )


def whole(rows: QuerySet[Order]) -> QuerySet[Order]:
    """With what is shown beside an order, in one statement."""
    joined = rows.annotate(senders=senders()).select_related(
        "agency", "unit", "company", "buyer", "ppk", "delivery"
    )
    return joined.defer(*SEALED)


_VISIBLE = PreparedRow(lambda order: whole(Order.objects.filter(pk=order)), UUID(int=1))


def visible(actor: Actor, order: UUID) -> Order:
    """The row with its places, people and delivery.

    :raises NoSuchOrder: not there, or not this actor's to know of.
    """
    row = _VISIBLE.one(order)
    if row is None or not may(actor, Can.SEE, facts_of(row)):
        raise NoSuchOrder()
    return row


def kind_of(actor: Actor) -> str:
    """As what the actor reads orders: buyer, seller, treasurer, auditor, arbiter or nobody."""
    return _KINDS.get(actor.role, "")


def scope(actor: Actor) -> Q:
    """The orders that a board of this actor may hold; the same line as the right to see one."""
    return scope_of(kind_of(actor), place_of(actor))


def place_of(actor: Actor) -> str:
    """The code of what bounds the actor's orders: the company, the agency, else the unit."""
    grant = actor.grant
    if grant is None:
        return ""
    places = {"seller": grant.company, "auditor": grant.agency}
    return places.get(kind_of(actor), grant.unit)


def scope_of(kind: str, place: str) -> Q:
    """The orders of one kind of reader at one place; of nobody in particular none."""
    scopes = {
        "buyer": Q(unit=place),
        "seller": Q(company=place, submitted_at__isnull=False),
        "treasurer": Q(unit=place, accepted_at__isnull=False),
        "reader": Q(unit=place, submitted_at__isnull=False),
        "auditor": Q(agency=place, submitted_at__isnull=False),
        "arbiter": Q(cancel_asked_at__isnull=False),
    }
    return scopes.get(kind, Q(pk__in=[]))


def is_ordered(actor: Actor, version: UUID) -> bool:
    """True when a product's version stands in an order that the actor may see. One query."""
    return Order.objects.filter(scope(actor), lines__version=version).exists()


def steps_from(facts: Facts) -> tuple[Step, ...]:
    """The rows of both tables that leave what an order and its delivery are in."""
    steps = ORDER.verbs_from(facts.state)
    if facts.state == PROCESS and facts.delivery:
        steps += DELIVERY.verbs_from(facts.delivery)
    return steps


def verbs_of(actor: Actor, facts: Facts) -> tuple[str, ...]:
    """What the actor may do with it now."""
    verbs = [s.verb for s in steps_from(facts) if may(actor, s.permission, facts)]
    if facts.delivery == ARRIVED and "hand_over" in verbs:
        verbs.append("prepare_handover")
    return tuple(dict.fromkeys(verbs))
