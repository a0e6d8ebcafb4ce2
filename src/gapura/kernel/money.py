"""Rupiah over NUMERIC(24,2); one rounding per line, half up, to whole rupiah."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

LIMIT = Decimal("1e22")
_SWAPPED = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True, order=True)
class Rupiah:
    """An amount of money in rupiah; exact, never a float.

    :raises AttributeError: for a float.
    :raises ValueError: for infinity, more than two decimals or more than 22 digits.
    """

    amount: Decimal

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError("rupiah needs a finite Decimal")
        if abs(self.amount) >= LIMIT or self.amount != self.amount.quantize(Decimal("0.01")):
            raise ValueError("rupiah holds 22 digits and two decimals")

    def __add__(self, other: "Rupiah") -> "Rupiah":
        return Rupiah(self.amount + other.amount)

    def __sub__(self, other: "Rupiah") -> "Rupiah":
        return Rupiah(self.amount - other.amount)

    def times(self, quantity: Decimal) -> "Rupiah":
        """Price times quantity, rounded once to whole rupiah."""
        return Rupiah((self.amount * quantity).quantize(Decimal(1), ROUND_HALF_UP))

    def __str__(self) -> str:
        whole, _, cents = f"{self.amount:.2f}".partition(".")
        grouped = f"{int(whole):,}".replace(",", ".")
        return f"Rp{grouped}" + (f",{cents}" if cents != "00" else "")

    def said(self, language: str) -> str:
        """As a sentence in `language` writes it: `Rp1.250.000` in Indonesian, else `Rp1,250,000`.

        Tables and forms show `str()` in both languages, as people here type it.
        """
        return str(self) if language == "id" else str(self).translate(_SWAPPED)
