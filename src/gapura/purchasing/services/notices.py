"""Telling the parties of an order what happened and who acts next, by mail and bell."""

from collections.abc import Sequence
from uuid import UUID

from gapura.access.queries import FINANCE, ORDER, SIGNING, company_people, holders
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel.actor import Actor
from gapura.notifications.services import notify
from gapura.purchasing.models import Order
from gapura.purchasing.reasons import REASONS
from gapura.purchasing.rules import ARBITERS, COMMITMENT, TREASURER
from gapura.purchasing.states import WAITING
from gapura.purchasing.words import HAPPENED, OFFICES, duty_of

# A company or a unit with more people than this has other ways to tell them.
_MOST = 50
# Whom a company gave its orders, and from the handover on its money, to look after.
_ORDERS = (ORDER, SIGNING)
_MONEY = (*_ORDERS, FINANCE)
_ABOUT_MONEY = frozenset({"confirm_handover", "pay", "pay_outside", "confirm_payment"})


def tell_parties(
    actor: Actor, row: Order, verb: str, *, event: UUID, reason_code: str = "", note: str = ""
) -> None:
    """One notice to each person of both sides and to whoever acts next, but the actor.

    The mail is a receipt of the step, which was recorded as `event`.
    """
    delivery = getattr(row, "delivery", None)
    duty = duty_of(row.state, row.turn, delivery.state if delivery else "")
    office = row.buyer_role if duty.office == "buyer" else duty.office
    acting = _people(office, row)
    people = [*acting, *_parties(row, verb)]
    told = [key for key in dict.fromkeys(people) if key != actor.person][:_MOST]
    values = {
        "happened": HAPPENED[verb],
        "reference": row.reference,
        "unit": row.unit.name,
        "company": row.company.name,
        "who": OFFICES[office],
        "what": duty.what,
        "due_at": row.due_at if row.state in WAITING else None,
        "zone": row.zone,
        "reason": REASONS.get(reason_code, ""),
        "note": note,
    }
    for person in people_by_id(set(told)).values():
        mine = {**values, "mine": person.id in acting}
        template = "purchasing/mail/order_moved.txt"
        notify(recipient(person), template, mine, link=f"/orders/{row.id}", event=event)


def _parties(row: Order, verb: str) -> list[UUID]:
    buyers = [row.buyer_id] if row.ppk_id is None else [row.buyer_id, row.ppk_id]
    return [*buyers, *_people("seller", row, _MONEY if verb in _ABOUT_MONEY else _ORDERS)]


def _people(office: str, row: Order, duties: Sequence[str] = _ORDERS) -> list[UUID]:
    """Who holds an office for this order now."""
    if office == "signer":
        return [row.ppk_id] if row.ppk_id else []
    if office == "seller":
        return company_people(row.company_id, *duties)
    if office == "arbiter":
        return [p for role in sorted(ARBITERS) for p in holders(role)]
    if office == "pp":
        return [row.buyer_id]
    roles = {"ppk": COMMITMENT, "treasurer": TREASURER}
    return holders(roles[office], unit=row.unit_id) if office in roles else []
