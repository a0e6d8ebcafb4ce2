"""Prices and quantities of products as fields."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.web.shell.amounts import NumberField
from gapura.web.shell.fields import Text


def rupiah_field(*, label: Text, **options: Any) -> NumberField:
    """An amount in whole rupiah."""
    wrong = lazy("The price must be in whole rupiah. Type digits only, for example 1500000.")
    options.setdefault("hint", lazy("Whole rupiah, for example 1.500.000."))
    return NumberField(label=label, wrong=wrong, width="10", **options)


def quantity_field(*, label: Text, divisible: bool, **options: Any) -> NumberField:
    """How much of something: whole pieces, or with decimals where the unit can be divided."""
    if divisible:
        hint = lazy("A number, for example 12 or 12,5.")
        wrong = lazy("The quantity must be a number. Type it like this: 1500 or 12,5.")
    else:
        hint = lazy("In whole pieces, for example 12.")
        wrong = lazy("The quantity must be a whole number. Type digits only, for example 12.")
    decimals = 4 if divisible else 0
    options.setdefault("hint", hint)
    return NumberField(label=label, wrong=wrong, decimals=decimals, width="10", **options)
