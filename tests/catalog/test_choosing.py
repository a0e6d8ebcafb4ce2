"""A unit's list to buy: who fills it, what it tells, how it ends in an order."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from gapura.audit.models import LogEvent
from gapura.catalog import services
from gapura.catalog.errors import ListFull, NoSuchProduct, NotOnTheList
from gapura.catalog.models import Choice
from gapura.catalog.queries import choices_of, chosen_by_unit
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from tests.catalog import goods


def choose(actor: Actor, product: UUID, quantity: object = 1) -> None:
    services.choose_product(actor=actor, product=product, quantity=Decimal(str(quantity)))


@pytest.mark.parametrize("role", ["pa", "kpa", "bendahara", "apip", "verifikator", "kurator"])
def test_readers_see_but_do_not_choose(role: str, listed: UUID) -> None:
    reader = goods.acting(role)
    with pytest.raises(Refused):
        choose(reader, listed)
    with pytest.raises(Refused):
        choices_of(reader)
    with pytest.raises(Refused):
        services.drop_ordered(actor=reader, products=[listed])
    assert chosen_by_unit(reader, [listed]) == {}


def test_choosing_again_replaces_the_quantity_and_records_both(buyer: Actor, listed: UUID) -> None:
    for quantity in (3, 3, 7):
        choose(buyer, listed, quantity)
    (line,) = choices_of(buyer)
    assert (str(line.quantity.normalize()), str(line.total)) == ("7", "Rp364.000")
    assert (line.company, line.unit, line.state) == ("PT1", "ream", "listed")
    assert line.stock == 100
    events = LogEvent.objects.filter(name="catalog.product.chosen").order_by("id")
    assert [(e.before, e.after) for e in events] == [
        (None, {"quantity": "3"}),
        ({"quantity": "3"}, {"quantity": "7"}),
    ]


def test_the_list_belongs_to_the_unit(buyer: Actor, listed: UUID) -> None:
    choose(buyer, listed, 2)
    assert len(choices_of(goods.acting("ppk"))) == 1
    elsewhere = goods.acting("ppk", "T1.2")
    assert choices_of(elsewhere) == ()
    with pytest.raises(NotOnTheList):
        services.drop_product(actor=elsewhere, product=listed)
    services.drop_product(actor=buyer, product=listed)
    with pytest.raises(NotOnTheList):
        services.drop_product(actor=buyer, product=listed)
    assert LogEvent.objects.get(name="catalog.product.dropped").before == {"quantity": "2"}


def test_what_was_ordered_leaves_the_list(
    buyer: Actor, seller: Actor, curator: Actor, listed: UUID
) -> None:
    other = goods.listed(seller, curator, goods.laptop())
    choose(buyer, listed)
    choose(buyer, other)
    services.drop_ordered(actor=buyer, products=[listed, uuid4()])
    assert chosen_by_unit(buyer, [listed, other]) == {other: 1}
    services.drop_ordered(actor=buyer, products=[listed])


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "100001", "NaN", "Infinity", "1e30"])
def test_an_impossible_quantity_changes_nothing(quantity: str, buyer: Actor, listed: UUID) -> None:
    with pytest.raises(FieldProblems):
        choose(buyer, listed, quantity)
    assert not Choice.objects.exists()


def test_what_can_be_divided_is_chosen_in_parts(
    seller: Actor, curator: Actor, buyer: Actor
) -> None:
    product = goods.listed(seller, curator, goods.laptop("Pasir", unit="cubic_meter"))
    choose(buyer, product, "2.5")
    assert choices_of(buyer)[0].total.amount == 130_000


def test_what_is_not_listed_cannot_be_chosen(seller: Actor, buyer: Actor) -> None:
    with pytest.raises(NoSuchProduct):
        choose(buyer, goods.submitted(seller))
    with pytest.raises(NoSuchProduct):
        choose(buyer, uuid4())


def test_what_left_the_catalog_stays_on_the_list_with_its_state(
    seller: Actor, buyer: Actor, listed: UUID
) -> None:
    choose(buyer, listed)
    services.withdraw_product(actor=seller, product=listed)
    (line,) = choices_of(buyer)
    assert line.state == "withdrawn"


def test_a_list_has_an_end(
    buyer: Actor, seller: Actor, curator: Actor, listed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapura.catalog.services.choices.LONGEST_LIST", 1)
    choose(buyer, listed)
    with pytest.raises(ListFull):
        choose(buyer, goods.listed(seller, curator, goods.laptop()))
