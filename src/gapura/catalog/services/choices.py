"""Puts products on a unit's list to buy, and takes them off."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.catalog import events
from gapura.catalog.errors import ListFull, NoSuchProduct, NotOnTheList, WrongQuantity
from gapura.catalog.models import Choice, Product
from gapura.catalog.permissions import Can
from gapura.catalog.rules import LONGEST_LIST, MOST_PIECES, is_quantity
from gapura.catalog.services.loading import grant_of, newest, seen
from gapura.catalog.services.stock import plain
from gapura.catalog.words import DIVISIBLE
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import FieldProblems

_MOST = Decimal(MOST_PIECES)


def choose_product(*, actor: Actor, product: UUID, quantity: Decimal) -> None:
    """Put a product on the unit's list to buy; choosing it again replaces the quantity.

    The same quantity again changes nothing.

    :raises NoSuchProduct: for one the actor cannot see.
    :raises Refused: for anyone but PP and PPK.
    :raises FieldProblems: quantity: a part of what is whole, less than 1 or more than 100,000.
    :raises ListFull: when the unit's list has 100 products.
    """
    row = Product.objects.select_related("current", "pending").filter(pk=product).first()
    if row is None or not may(actor, Can.SEE, seen(row)):
        raise NoSuchProduct()
    require(actor, Can.CHOOSE, seen(row))
    if not is_quantity(quantity, newest(row).unit in DIVISIBLE, _MOST):
        raise FieldProblems({"quantity": WrongQuantity()})
    grant = grant_of(actor)
    with transaction.atomic():
        there = Choice.objects.select_for_update().filter(unit=grant.unit, product_id=product)
        before = there.first()
        if before is not None and before.quantity == quantity:
            return
        if before is None and Choice.objects.filter(unit=grant.unit).count() >= LONGEST_LIST:
            raise ListFull(most=LONGEST_LIST)
        _write(actor, grant, product, quantity)
        changed = {"before": _quantity(before.quantity)} if before else {}
        _record(actor, events.CHOSEN, row, after=_quantity(quantity), **changed)


def _write(actor: Actor, grant: ActiveGrant, product: UUID, quantity: Decimal) -> None:
    Choice.objects.update_or_create(
        unit=grant.unit,
        product_id=product,
        defaults={
            "agency": grant.agency,
            "person": actor.who,
            "grant": grant.id,
            "quantity": quantity,
            "chosen_at": clock.now(),
        },
    )


def drop_product(*, actor: Actor, product: UUID) -> None:
    """Take a product off the unit's list to buy.

    :raises Refused: for anyone but PP and PPK.
    :raises NotOnTheList: when it is not there (any more).
    """
    with transaction.atomic():
        if not _drop(actor, [product]):
            raise NotOnTheList()


def drop_ordered(*, actor: Actor, products: Iterable[UUID]) -> int:
    """Take off the unit's list what goes into an order; answers how many of them were there.

    :raises Refused: for anyone but PP and PPK.
    """
    with transaction.atomic():
        return _drop(actor, list(products))


def _drop(actor: Actor, products: list[UUID]) -> int:
    require(actor, Can.DROP)
    rows = Choice.objects.select_for_update(of=("self",)).select_related("product")
    found = list(rows.filter(unit=grant_of(actor).unit, product_id__in=products).order_by("id"))
    for choice in found:
        choice.delete()
        _record(actor, events.DROPPED, choice.product, before=_quantity(choice.quantity))
    return len(found)


def _quantity(quantity: Decimal) -> dict[str, str]:
    return {"quantity": plain(quantity)}


def _record(
    actor: Actor,
    event: Event,
    row: Product,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    grant = grant_of(actor)
    record(
        actor,
        event,
        Subject("product", str(row.id), row.name),
        facts={"name": row.name, "place": grant.place or grant.unit},
        before=before,
        after=after,
        agency=grant.agency,
        unit=grant.unit,
    )
