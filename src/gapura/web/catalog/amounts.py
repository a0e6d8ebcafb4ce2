"""Fields for numbers as people type them: 1500000, 1.500.000, or 12,5 where it is allowed."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.web.shell.fields import Text
from gapura.web.shell.forms import TextField

_WHOLE = re.compile(r"\d{1,15}|\d{1,3}(?:\.\d{3}){1,4}", re.ASCII)
_DECIMALS = re.compile(r"\d{1,4}", re.ASCII)


class NumberField(TextField):
    """Becomes a Decimal. `wrong` is said for anything but digits with Indonesian grouping.

    A sign or digits of another script are refused, never guessed. `decimals` allows up to so many
    behind a comma.
    """

    def __init__(self, *, label: Text, wrong: Text, decimals: int = 0, **options: Any) -> None:
        options.setdefault("inputmode", "decimal" if decimals else "numeric")
        options.setdefault("autocomplete", "off")
        super().__init__(label=label, longest=30, **options)
        self.wrong, self.decimals = wrong, decimals

    def clean(self, value: Any) -> Any:
        """The number, None for nothing where nothing is asked, or what is wrong with it."""
        text = super().clean(value)
        if not text and not self.required:
            return None
        whole, comma, fraction = text.partition(",")
        if not _WHOLE.fullmatch(whole) or (comma and not self._is_fraction(fraction)):
            raise self.problem(self.wrong, "number")
        return Decimal(f"{whole.replace('.', '')}.{fraction or 0}")

    def _is_fraction(self, text: str) -> bool:
        return bool(_DECIMALS.fullmatch(text)) and len(text) <= self.decimals


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
