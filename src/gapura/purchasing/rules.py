"""Pure rules: tax of a line, totals, working days, which office may order how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

BUYERS = frozenset({"pp", "ppk"})
OFFICER, COMMITMENT = "pp", "ppk"
SELLERS = frozenset({"admin_perusahaan", "staf_perusahaan"})
TREASURER = "bendahara"
AUDITOR = "apip"
# They answer for the budget of a unit and read what is ordered with it.
READERS = frozenset({"pa", "kpa"})
ARBITERS = frozenset({"helpdesk", "admin_platform"})
# Whose order it is: its unit's offices, which may see no other unit's, and its company.
PARTIES = BUYERS | SELLERS | {TREASURER}

BUYER, SELLER = "buyer", "seller"
METHODS = ("direct", "negotiation")

MOST_MONEY = Decimal("1e15")
LEAST_TEXT, LONGEST_TEXT = 5, 1000
# A reason that the auditor reads.
LEAST_REASON = 20
MOST_CLAUSES, LONGEST_CLAUSE = 20, 600
LONGEST_DELIVERY = timedelta(days=731)
SATURDAY = 5
# Days in which that many working days are always found: Lebaran takes ten in a row at most.
_HORIZON = 60


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides who may do what to an order; codes, states and people.

    `senders` sent it on for the unit, or took an offer: the drafter or colleagues of that office.
    """

    id: UUID
    agency: str
    unit: str
    company: str
    state: str
    delivery: str
    buyer: UUID
    buyer_role: str
    ppk: UUID | None
    turn: str
    submitted: bool
    accepted: bool
    cancel_asked: bool
    senders: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Tax:
    """How PPN is worked out for a line: `share` of the price is taxed at `rate` by row `rule`."""

    rate: Decimal
    share: Fraction
    rule: UUID | None = None


NO_TAX = Tax(Decimal(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts of a line in rupiah: `base` before tax, `taxed` the part that is taxed."""

    base: Decimal
    taxed: Decimal
    tax: Decimal
    amount: Decimal


def line_sum(price: Decimal, quantity: Decimal, tax: Tax) -> Sum:
    """Price times quantity and its PPN, each rounded once, half up, to whole rupiah.

    Since 1 Jan 2025 PPN is 12 % of 11/12 of the price for ordinary goods (PMK 131/2024). The
    taxed part is kept to the sen for the invoice; the tax is worked out from the exact one.
    """
    base = (price * quantity).quantize(Decimal(1), ROUND_HALF_UP)
    exact = Fraction(base) * tax.share
    taxed = _rounded(exact * 100) / 100
    owed = _rounded(exact * Fraction(tax.rate))
    return Sum(base, taxed.quantize(Decimal("0.01")), owed, base + owed)


def _rounded(value: Fraction) -> Decimal:
    """Half up; amounts are never negative."""
    return Decimal((2 * value.numerator + value.denominator) // (2 * value.denominator))


def total_of(sums: Iterable[Sum]) -> Sum:
    """The sums of all lines added up; nothing is rounded a second time."""
    base = taxed = tax = Decimal(0)
    for one in sums:
        base, taxed, tax = base + one.base, taxed + one.taxed, tax + one.tax
    return Sum(base, taxed, tax, base + tax)


def due_at(at: datetime, days: int, zone: str, holidays: frozenset[date]) -> datetime:
    """The end of the `days`-th working day after the legal day of `at` in `zone`, as UTC.

    Saturdays, Sundays and `holidays` do not count; whatever comes before this moment is in time.
    """
    here = ZoneInfo(zone)
    day, left = at.astimezone(here).date(), days
    for _ in range(_HORIZON + days * 7):
        if left == 0:
            break
        day += timedelta(days=1)
        left -= is_working_day(day, holidays)
    return datetime.combine(day + timedelta(days=1), time(), here).astimezone(UTC)


def horizon(at: datetime, days: int, zone: str) -> tuple[date, date]:
    """The days whose holidays `due_at` may need."""
    first = at.astimezone(ZoneInfo(zone)).date()
    return first, first + timedelta(days=_HORIZON + days * 7)


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def in_time(due: datetime | None, now: datetime) -> bool:
    """True until just before the deadline; at the second itself it is too late."""
    return due is None or now < due


def makes_order(total: Decimal, ceiling: Decimal) -> str:
    """Which office makes an order of `total` rupiah with tax: PP up to and with the ceiling."""
    return OFFICER if total <= ceiling else COMMITMENT


def other_side(side: str) -> str:
    """Whose turn it is after `side`."""
    return SELLER if side == BUYER else BUYER


def province(region: str) -> str:
    """The province's two digits of a region's code; empty without one (ministries)."""
    return region[:2]


def is_money(amount: Decimal) -> bool:
    """Whole rupiah above zero, in bounds."""
    sane = amount.is_finite() and 0 < amount < MOST_MONEY
    return sane and amount == amount.to_integral_value()


def prices_fit(prices: Sequence[Decimal], listed: Sequence[Decimal]) -> bool:
    """One sane price a line, none above the listed one: negotiation only lowers prices."""
    if len(prices) != len(listed):
        return False
    return all(
        is_money(price) and price <= most for price, most in zip(prices, listed, strict=True)
    )


def rup_codes(text: str) -> tuple[str, ...] | None:
    """The plan codes in a typed text, or None when one of them is no code; ten at most."""
    codes = tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
    sane = all(c.isascii() and c.isdigit() and 6 <= len(c) <= 12 for c in codes)
    return codes if sane and 1 <= len(codes) <= 10 else None


def late_days(arrived: date, promised: date) -> int:
    """Calendar days after the promised day; 0 in time."""
    return max(0, (arrived - promised).days)


SAME_SUPPLIER, SAME_PLAN = "supplier", "plan"


@dataclass(frozen=True, slots=True)
class Bought:
    """One order that a PP made, as the search for split purchases looks at it.

    `day` is the legal day on which it was sent on, `ceiling` the most that a PP ordered there on
    that day; rupiah with tax.
    """

    id: UUID
    unit: str
    company: str
    rup_codes: tuple[str, ...]
    total: Decimal
    day: date
    ceiling: Decimal


@dataclass(frozen=True, slots=True)
class Together:
    """Orders of a unit that come to more than the ceiling together, the oldest first.

    `marks` are what they have in common: (SAME_SUPPLIER, company) or (SAME_PLAN, plan code).
    """

    unit: str
    marks: tuple[tuple[str, str], ...]
    orders: tuple[Bought, ...]

    @property
    def total(self) -> Decimal:
        """All of them, in rupiah with tax."""
        return sum((order.total for order in self.orders), Decimal(0))


def together(bought: Iterable[Bought], days: int) -> list[Together]:
    """What may be one need in several orders (Perpres 16/2018 article 20 paragraph 2 letter d).

    Orders of one unit, for one supplier or plan code (RUP), that pass the last one's ceiling within
    `days` days though none does alone. Stretches that overlap are one finding; the newest first.
    """
    alike: dict[tuple[str, str, str], list[Bought]] = {}
    parts = (order for order in bought if order.total <= order.ceiling)
    for one in sorted(parts, key=lambda order: (order.day, order.id)):
        plans = ((SAME_PLAN, code) for code in one.rup_codes)
        for kind, key in ((SAME_SUPPLIER, one.company), *plans):
            alike.setdefault((one.unit, kind, key), []).append(one)
    marks: dict[tuple[Bought, ...], list[tuple[str, str]]] = {}
    for (_unit, kind, key), orders in alike.items():
        for first, last in _past_the_ceiling(orders, days):
            marks.setdefault(tuple(orders[first : last + 1]), []).append((kind, key))
    found = [Together(run[0].unit, tuple(kinds), run) for run, kinds in marks.items()]
    return sorted(found, key=lambda each: each.orders[-1].day, reverse=True)


def _past_the_ceiling(orders: Sequence[Bought], days: int) -> list[tuple[int, int]]:
    """First and last place of each stretch; `orders` are sorted by day."""
    found: list[tuple[int, int]] = []
    first, total = 0, Decimal(0)
    for last, one in enumerate(orders):
        total += one.total
        while (one.day - orders[first].day).days > days:
            total -= orders[first].total
            first += 1
        if last > first and total > one.ceiling:
            overlaps = bool(found) and first <= found[-1][1]
            begin = found.pop()[0] if overlaps else first
            found.append((begin, last))
    return found
