"""Which roles buy, sell and curate, and the bounds of names, prices and quantities; plain data."""

from collections.abc import Sequence
from decimal import Decimal

BUYERS = frozenset({"pp", "ppk"})
SELLERS = frozenset({"admin_perusahaan", "staf_perusahaan"})
CURATORS = frozenset({"kurator"})
AUDITORS = frozenset({"apip", "admin_platform"})
# Business scales whose products carry the label UMK (Government Regulation 7/2021).
SMALL_SCALES = frozenset({"micro", "small"})

SHORTEST_NAME, LONGEST_NAME = 3, 200
LONGEST_BRAND = 100
SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION = 10, 4000
LONGEST_VALUE = 200
LONGEST_NUMBER = 100
SHORTEST_NOTE, LONGEST_NOTE = 10, 1000
MOST_RUPIAH = Decimal("1e12")
MOST_PIECES = 100_000
MOST_STOCK = Decimal("1e9")
MOST_PICTURES = 6
# Products of one company that were never submitted.
MOST_DRAFTS = 500
SMALLEST_PICTURE = 300
# Key of the dated rule that bounds how often a price changes on one day.
PRICE_CHANGES = "price_changes_per_day"
# Products on one unit's list.
LONGEST_LIST = 100
# Lines of one order.
MOST_LINES = 100
# Labels with a value in percent, and the most it can be: TKDN of the product, BMP of the company
# (Government Regulation 29/2018 as changed by 46/2023: BMP at most 15).
PERCENT = {"tkdn": Decimal(100), "bmp": Decimal(15)}
# Labels that rest on a numbered certificate.
CERTIFIED = frozenset({"tkdn", "bmp", "sni"})
# Labels that only goods made in Indonesia can have.
DOMESTIC = frozenset({"tkdn", "bmp", "pdn"})


def is_whole_rupiah(price: Decimal) -> bool:
    """More than zero, less than one trillion, no fraction."""
    sane = price.is_finite() and 0 < price < MOST_RUPIAH
    return sane and price == price.to_integral_value()


def is_quantity(quantity: Decimal, divisible: bool, most: Decimal) -> bool:
    """More than zero and at most `most`; whole, or with up to four decimals where divisible."""
    if not quantity.is_finite() or not 0 < quantity <= most:
        return False
    step = Decimal("0.0001") if divisible else Decimal(1)
    return quantity == quantity.quantize(step)


def kbli_fits(allowed: Sequence[str], own: tuple[str, ...]) -> bool:
    """Whether one of a company's KBLI codes begins with an allowed one; all fit an empty list."""
    return not allowed or any(code.startswith(tuple(allowed)) for code in own)
