"""Chooses products for a unit, uploads them for a company, puts them into the catalog."""

import csv
from decimal import Decimal
from importlib.resources import files
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts.queries import free_text_problem
from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.catalog import events
from gapura.catalog.errors import (
    ListFull,
    NameInUse,
    NoSuchCategory,
    NotOnTheList,
    WrongName,
    WrongPrice,
    WrongQuantity,
)
from gapura.catalog.models import Category, Choice, Product
from gapura.catalog.permissions import Can
from gapura.catalog.queries import product_for
from gapura.catalog.rules import (
    LONGEST_LIST,
    LONGEST_NAME,
    MOST_PIECES,
    MOST_RUPIAH,
    SHORTEST_NAME,
)
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem


def choose_product(*, actor: Actor, product: UUID, quantity: Decimal) -> None:
    """Put a product on the unit's list to buy; choosing it again replaces the quantity (pieces).

    The same quantity again changes nothing.

    :raises NoSuchProduct: for one the actor cannot see.
    :raises Refused: for anyone but PP and PPK.
    :raises FieldProblems: for a quantity that is a fraction, less than 1 or more than 100,000.
    :raises ListFull: when the unit's list has 100 products.
    """
    view = product_for(actor, product)
    require(actor, Can.CHOOSE, view)
    whole = quantity.is_finite() and quantity == quantity.to_integral_value()
    if not (whole and 1 <= quantity <= MOST_PIECES):
        raise FieldProblems({"quantity": WrongQuantity()})
    grant = _grant(actor)
    with transaction.atomic():
        there = Choice.objects.select_for_update().filter(unit=grant.unit, product_id=product)
        before = there.first()
        if before is not None and before.quantity == quantity:
            return
        if before is None and Choice.objects.filter(unit=grant.unit).count() >= LONGEST_LIST:
            raise ListFull(most=LONGEST_LIST)
        _write_choice(actor, grant, product, quantity)
        _record_choice(
            actor,
            events.CHOSEN,
            view.name,
            product,
            before={"quantity": _pieces(before.quantity)} if before else None,
            after={"quantity": _pieces(quantity)},
        )


def _write_choice(actor: Actor, grant: ActiveGrant, product: UUID, quantity: Decimal) -> None:
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
    require(actor, Can.DROP)
    with transaction.atomic():
        rows = Choice.objects.select_for_update(of=("self",)).select_related("product")
        choice = rows.filter(unit=_grant(actor).unit, product_id=product).first()
        if choice is None:
            raise NotOnTheList()
        choice.delete()
        _record_choice(
            actor,
            events.DROPPED,
            choice.product.name,
            product,
            before={"quantity": _pieces(choice.quantity)},
        )


def upload_product(*, actor: Actor, name: str, category: str, price: Decimal) -> UUID:
    """Add a product of the actor's company; others see it once it is listed. Price in rupiah.

    The same name, category and price again answers the product that is there already.

    :raises Refused: for anyone who sells for no company.
    :raises FieldProblems: what is wrong with name, category or price.
    """
    require(actor, Can.UPLOAD)
    name = " ".join(name.split())
    _check_product(name, category, price)
    company = _grant(actor).company
    with transaction.atomic():
        try:
            with transaction.atomic():
                product = Product.objects.create(
                    company_id=company,
                    category_id=category,
                    name=name,
                    price=price,
                    uploaded_at=clock.now(),
                )
        except IntegrityError:
            return _same_product(company, name, category, price)
        facts = {"name": name, "category": category, "price": str(price)}
        record(actor, events.UPLOADED, Subject("product", str(product.id), name), facts=facts)
    return product.id


def _check_product(name: str, category: str, price: Decimal) -> None:
    problems: dict[str, Problem | str] = {}
    if problem := free_text_problem(name, LONGEST_NAME):
        problems["name"] = problem
    elif len(name) < SHORTEST_NAME:
        problems["name"] = WrongName()
    if not (price.is_finite() and 0 < price < MOST_RUPIAH and price == price.to_integral_value()):
        problems["price"] = WrongPrice()
    if not Category.objects.filter(pk=category[:20]).exists():
        problems["category"] = NoSuchCategory()
    if problems:
        raise FieldProblems(problems)


def _same_product(company: str, name: str, category: str, price: Decimal) -> UUID:
    """The product that took the name first, when it is the same in all; else the name is in use."""
    row = Product.objects.get(company_id=company, name__iexact=name)
    if (row.category_id, row.price) != (category, price):
        raise FieldProblems({"name": NameInUse()})
    return row.id


def publish_product(*, actor: Actor, product: UUID) -> None:
    """Put an uploaded product into the catalog; one that is there already stays as it is.

    :raises NoSuchProduct: when it is not there.
    :raises Refused: for anyone but a curator with a strong sign-in.
    """
    view = product_for(actor, product)
    require(actor, Can.PUBLISH, view)
    with transaction.atomic():
        waiting = Product.objects.filter(pk=product, listed_at__isnull=True)
        if waiting.update(listed_at=clock.now()):
            subject = Subject("product", str(product), view.name)
            record(actor, events.PUBLISHED, subject, facts={"name": view.name})


def load_categories(*, actor: Actor | None = None) -> int:
    """Add the categories that ship with the product and are not there yet; answers how many."""
    actor = actor or system_actor("reference")
    require(actor, Can.LOAD_CATEGORIES)
    source = files("gapura.catalog").joinpath("reference", "categories.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    with transaction.atomic():
        there = set(Category.objects.values_list("code", flat=True))
        new = [Category(**row) for row in rows if row["code"] not in there]
        Category.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            subject = Subject("reference", "categories")
            record(actor, events.CATEGORIES_LOADED, subject, facts={"count": len(new)})
    return len(new)


def _grant(actor: Actor) -> ActiveGrant:
    grant = actor.grant
    assert grant is not None  # noqa: S101 - every permission that leads here asks for a role
    return grant


def _pieces(quantity: Decimal) -> str:
    return f"{quantity:.0f}"


def _record_choice(
    actor: Actor,
    event: Event,
    name: str,
    product: UUID,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    grant = _grant(actor)
    record(
        actor,
        event,
        Subject("product", str(product), name),
        facts={"name": name, "place": grant.place or grant.unit},
        before=before,
        after=after,
        agency=grant.agency,
        unit=grant.unit,
    )
