"""The field for numbers as people type them: 1500000, 1.500.000, or 12,5 where it is allowed."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gapura.web.shell.fields import Text, TextField

_WHOLE = re.compile(r"\d{1,15}|\d{1,3}(?:\.\d{3}){1,4}", re.ASCII)
_DECIMALS = re.compile(r"\d{1,4}", re.ASCII)
MONEY = _("%(label)s must be whole rupiah. Type digits only, for example 1500000 or 1.500.000.")


class NumberField(TextField):
    """Becomes a Decimal. `wrong` is said for anything but digits with Indonesian grouping.

    A sign or digits of another script are refused, never guessed. `decimals` allows up to so many
    behind a comma.
    """

    def __init__(
        self, *, label: Text, wrong: Text = MONEY, decimals: int = 0, **options: Any
    ) -> None:
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
