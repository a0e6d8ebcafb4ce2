"""Price and stock of a company's own product: at once, in the history, never guessed."""

from decimal import Decimal

import pytest

from gapura.catalog.models import PricePoint, Product
from gapura.catalog.services import reserve_stock
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7
from tests.web.browser import Browser, text_of
from tests.web.catalog.conftest import Listing
from tests.web.people import signed_in


@pytest.fixture
def here(seller: Actor) -> Browser:
    """A browser of the company PT1."""
    return signed_in("staf_perusahaan", "PT1")


def test_a_new_price_counts_at_once(here: Browser, listed: Listing) -> None:
    product = listed()
    assert 'value="52.000"' in here.get(f"/catalog/{product}/price").content.decode()
    answer = here.submit(f"/catalog/{product}/price", amount="49.500")
    assert answer.status_code == 303
    assert "The price is Rp49.500 from now on." in text_of(here.get(answer["Location"]))
    assert "Rp49.500" in text_of(signed_in("pp").get(f"/catalog/{product}"))


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("", "Fill in New price"),
        ("0", "more than zero"),
        ("-1", "whole rupiah"),
        ("1e30", "whole rupiah"),
        ("1,5", "whole rupiah"),
        ("999999999999999", "less than one trillion"),
        ("52000", "This is the price already."),
    ],
)
def test_a_wrong_price_is_explained(amount: str, said: str, here: Browser, listed: Listing) -> None:
    product = listed()
    answer = here.submit(f"/catalog/{product}/price", amount=amount)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert PricePoint.objects.filter(product=product).count() == 1


def test_too_many_prices_a_day_are_explained(here: Browser, listed: Listing) -> None:
    product = listed()
    answers = [here.submit(f"/catalog/{product}/price", amount=str(40_000 + n)) for n in range(12)]
    assert answers[-1].status_code == 422
    assert "times a day" in text_of(answers[-1])


def test_stock_is_set_and_its_movements_are_listed(here: Browser, listed: Listing) -> None:
    product = listed()
    page = here.get(f"/catalog/{product}/stock")
    assert 'name="seen" value="100.0000"' in page.content.decode()
    answer = here.submit(f"/catalog/{product}/stock", quantity="1.250", seen="100.0000")
    assert "The stock is 1.250 from now on." in text_of(here.get(answer["Location"]))
    assert "Set by the company 1.150 1.250 0" in text_of(here.get(f"/catalog/{product}/stock"))


def test_an_order_that_came_meanwhile_is_not_overwritten(here: Browser, listed: Listing) -> None:
    product = listed()
    reserve_stock(order=uuid7(), lines=[(product, Decimal(30))])
    answer = here.submit(f"/catalog/{product}/stock", quantity="100", seen="100")
    assert answer.status_code == 422
    assert "Orders came in meanwhile: 70" in text_of(answer)
    assert 'name="seen" value="70.0000"' in answer.content.decode()
    assert Product.objects.get(pk=product).stock_available == 70
    assert "Held for an order 30 70 30" in text_of(answer)


@pytest.mark.parametrize("quantity", ["", "-1", "1,5", "1e9", "NaN", "9" * 16])
def test_a_wrong_stock_is_explained(quantity: str, here: Browser, listed: Listing) -> None:
    product = listed()
    for seen in ("100", "NaN", "x", ""):
        answer = here.submit(f"/catalog/{product}/stock", quantity=quantity, seen=seen)
        assert answer.status_code == 422
    assert Product.objects.get(pk=product).stock_available == 100
