"""The field for whole numbers as people type them: 1500000 or 1.500.000."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gapura.web.shell.fields import Text, TextField

_WHOLE = re.compile(r"\d{1,15}|\d{1,3}(?:\.\d{3}){1,4}", re.ASCII)
MONEY = _("%(label)s must be whole rupiah. Type digits only, for example 1500000 or 1.500.000.")


class WholeField(TextField):
    """Becomes a Decimal. `wrong` is said for anything but digits with Indonesian grouping.

    A sign, a fraction or digits of another script are refused, never guessed.
    """

    def __init__(self, *, label: Text, wrong: Text = MONEY, **options: Any) -> None:
        options.setdefault("autocomplete", "off")
        super().__init__(label=label, longest=30, inputmode="numeric", **options)
        self.wrong = wrong

    def clean(self, value: Any) -> Any:
        """The number, or the message about what was typed."""
        text = super().clean(value)
        if not _WHOLE.fullmatch(text):
            raise self.problem(self.wrong, "number")
        return Decimal(text.replace(".", ""))
