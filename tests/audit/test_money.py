"""Amounts in the log's sentences: as people write money, in the language of the reader."""

import pytest
from django.utils.translation import override

from gapura.audit.events import Event, all_events
from gapura.audit.sentences import told_as

# What a fact that is an amount is called, in every room.
AMOUNTS = {"total", "amount", "price", "ceiling", "budget"}


def say(name: str, /, language: str, **facts: object) -> str:
    with override(language):
        return told_as(name).sentence(facts, "Siti", "SP-1")


def test_money_is_written_as_the_language_writes_it() -> None:
    name = "purchasing.order.submitted"
    assert "Rp333.000.000" in say(name, "id", total="333000000.00")
    assert "Rp333,000,000" in say(name, "en", total="333000000.00")
    assert "Rp1,250.50" in say(name, "en", total="1250.50")


def test_prices_that_were_recorded_without_cents_too() -> None:
    told = say("catalog.price.set", "en", name="Kertas", price="95000", previous="100000")
    assert "from Rp100,000 to Rp95,000" in told


@pytest.mark.parametrize("value", ["(hidden)", "-", "", None, "NaN", "1e999", "0.001"])
def test_what_is_no_amount_stays_as_it_is(value: object) -> None:
    assert str(value) in say("purchasing.order.submitted", "id", total=value)


def test_every_amount_is_declared_as_money() -> None:
    for event in all_events().values():
        if event.name.split(".")[0] in {"purchasing", "catalog"}:
            assert AMOUNTS & event.facts <= set(event.money), event.name


def test_money_must_be_a_fact() -> None:
    with pytest.raises(ValueError, match="cost"):
        Event("audit.trial.bought", "%(actor)s bought", money=("cost",))
