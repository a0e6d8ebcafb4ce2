"""Which roles buy, sell and curate, and the bounds of names, prices and quantities; plain data."""

from decimal import Decimal

BUYERS = frozenset({"pp", "ppk"})
SELLERS = frozenset({"admin_perusahaan", "staf_perusahaan"})
CURATORS = frozenset({"kurator"})

SHORTEST_NAME, LONGEST_NAME = 3, 200
MOST_RUPIAH = Decimal("1e12")
MOST_PIECES = 100_000
# Products on one unit's list.
LONGEST_LIST = 100
