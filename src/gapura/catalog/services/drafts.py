"""Drafts a product, changes it by a new version."""

from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Lower

from gapura.catalog import errors, events
from gapura.catalog.fields import ProductFields
from gapura.catalog.models import PricePoint, Product, ProductVersion, StockEvent
from gapura.catalog.permissions import Can
from gapura.catalog.rules import MOST_DRAFTS, MOST_STOCK, is_quantity, is_whole_rupiah
from gapura.catalog.services.checking import Checked, check_fields
from gapura.catalog.services.loading import (
    grant_of,
    load,
    newest,
    open_draft,
    require_active,
    tell,
)
from gapura.catalog.states import DRAFT
from gapura.catalog.words import DIVISIBLE
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.queries import company


def draft_product(
    *, actor: Actor, fields: ProductFields, price: Decimal, stock: Decimal = Decimal(0)
) -> UUID:
    """Add a product of the actor's company as a draft; answers its id. Price in whole rupiah.

    The same fields and price again answer the product that is there already.

    :raises Refused: for anyone who sells for no company.
    :raises CompanyNotActive: when the company's standing is not active today.
    :raises TooManyDrafts: when the company has 500 that it never submitted.
    :raises FieldProblems: by name, category, description, attribute.<code>, unit, tax_class,
        origin, brand, price, stock.
    """
    require(actor, Can.DRAFT)
    own = grant_of(actor).company
    require_active(own)
    if Product.objects.filter(company=own, state=DRAFT).count() >= MOST_DRAFTS:
        raise errors.TooManyDrafts(most=MOST_DRAFTS)
    checked = check_fields(fields, company(own).kblis, amounts_problems(fields.unit, price, stock))
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = _create(actor, own, checked, price, stock)
        except IntegrityError:
            return _same_product(own, checked, price)
        facts = {"category": checked.fields.category, "price": str(price)}
        tell(actor, events.DRAFTED, row, **facts)
    return row.id


def amounts_problems(unit: str, price: Decimal, stock: Decimal) -> dict[str, Problem]:
    """What is wrong with the first price and stock."""
    found: dict[str, Problem] = {}
    if not is_whole_rupiah(price):
        found["price"] = errors.WrongPrice()
    if stock != 0 and not is_quantity(stock, unit in DIVISIBLE, MOST_STOCK):
        found["stock"] = errors.WrongStock()
    return found


def _create(actor: Actor, own: str, checked: Checked, price: Decimal, stock: Decimal) -> Product:
    now = clock.now()
    row = Product.objects.create(
        company_id=own,
        category_id=checked.fields.category,
        name=checked.fields.name,
        price=price,
        stock_supplied=stock,
        stock_available=stock,
        drafted_at=now,
        state_at=now,
    )
    row.pending = ProductVersion.objects.create(
        product=row, number=1, created_by=actor.person, created_at=now, **checked.columns()
    )
    row.save(update_fields=["pending"])
    PricePoint.objects.create(product=row, amount=price, valid_from=now, person=actor.person)
    if stock:
        first = StockEvent(product=row, kind="set", quantity=stock, at=now, by=actor.person)
        first.available_after, first.reserved_after = stock, Decimal(0)
        first.save(force_insert=True)
    return row


def _same_product(own: str, checked: Checked, price: Decimal) -> UUID:
    """The product that took the name first, when it is the same in all; else the name is in use."""
    row = named(own, checked.fields.name).select_related("current", "pending").get()
    if row.price != price or not _same(newest(row), checked):
        raise FieldProblems({"name": errors.NameInUse()})
    return row.id


def _same(version: ProductVersion, checked: Checked) -> bool:
    return all(getattr(version, name) == value for name, value in checked.columns().items())


def save_version(*, actor: Actor, product: UUID, fields: ProductFields) -> UUID:
    """Write what the product is to be; answers the id of the version that now says so.

    A draft is changed in place; of a product in the catalog or sent back a new version is made,
    with the pictures it has, and the published one stays until the new one is approved. What
    changes nothing makes no version.

    :raises NoSuchProduct: for another company's.
    :raises InReview: while the version waits for the curator.
    :raises FieldProblems: as `draft_product`, without price and stock.
    """
    with transaction.atomic():
        row = load(actor, product, Can.SAVE)
        require_active(row.company_id)
        checked = check_fields(fields, company(row.company_id).kblis)
        base = newest(row)
        if _same(base, checked):
            return base.id
        _refuse_taken_name(row, checked.fields.name)
        draft = open_draft(actor, row)
        ProductVersion.objects.filter(pk=draft.pk, state=DRAFT).update(**checked.columns())
        if row.current_id is None:
            _follow_draft(row, checked)
        tell(actor, events.SAVED, row, number=draft.number)
    return draft.id


def named(own: str, name: str) -> QuerySet[Product]:
    """A company's product of that name, told apart as the database's own constraint does."""
    rows = Product.objects.annotate(lower_name=Lower("name"))
    return rows.filter(company_id=own, lower_name=Lower(Value(name)))


def _refuse_taken_name(row: Product, name: str) -> None:
    if named(row.company_id, name).exclude(pk=row.pk).exists():
        raise FieldProblems({"name": errors.NameInUse()})


def _follow_draft(row: Product, checked: Checked) -> None:
    """What was never in the catalog goes by the name and category of its draft."""
    row.name, row.category_id = checked.fields.name, checked.fields.category
    try:
        with transaction.atomic():
            row.save(update_fields=["name", "category"])
    except IntegrityError as error:
        raise FieldProblems({"name": errors.NameInUse()}) from error
