"""Tax, totals, working days and ceilings as pure rules: nothing is lost, nothing is doubled."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.kernel.clock import ZONES
from gapura.purchasing.rules import (
    NO_TAX,
    Tax,
    due_at,
    in_time,
    is_money,
    is_working_day,
    late_days,
    line_sum,
    makes_order,
    prices_fit,
    rup_codes,
    total_of,
)

ORDINARY = Tax(Decimal("0.12"), Fraction(11, 12))
LUXURY = Tax(Decimal("0.12"), Fraction(1))
PRICES = st.integers(1, 10**12).map(Decimal)
QUANTITIES = st.integers(1, 10**9).map(lambda n: Decimal(n) / 10_000)
TAXES = st.sampled_from([ORDINARY, LUXURY, NO_TAX])
LINES = st.lists(st.tuples(PRICES, QUANTITIES, TAXES), max_size=30)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
HOLIDAYS = st.frozensets(st.dates(date(2025, 1, 1), date(2031, 3, 1)), max_size=40)


@given(LINES)
def test_totals_are_the_sums_of_their_lines(lines: list[tuple[Decimal, Decimal, Tax]]) -> None:
    sums = [line_sum(*line) for line in lines]
    total = total_of(sums)
    assert total.amount == sum((one.amount for one in sums), Decimal(0)) == total.base + total.tax
    assert total.base == sum((one.base for one in sums), Decimal(0))


@given(PRICES, QUANTITIES, TAXES)
def test_a_line_is_rounded_once_to_whole_rupiah(p: Decimal, q: Decimal, tax: Tax) -> None:
    one = line_sum(p, q, tax)
    assert one.amount == one.base + one.tax
    assert one.base == one.base.to_integral_value()
    assert one.tax == one.tax.to_integral_value()
    assert abs(one.base - p * q) <= Decimal("0.5")
    exact = Fraction(one.base) * tax.share * Fraction(tax.rate)
    assert abs(Fraction(one.tax) - exact) <= Fraction(1, 2)


@given(PRICES, QUANTITIES)
def test_eleven_twelfths_of_twelve_are_eleven_percent(p: Decimal, q: Decimal) -> None:
    one = line_sum(p, q, ORDINARY)
    assert one.tax == line_sum(p, q, Tax(Decimal("0.11"), Fraction(1))).tax


@pytest.mark.parametrize(
    ("price", "quantity", "tax", "told"),
    [
        (1_000_000, "2", ORDINARY, (2_000_000, "1833333.33", 220_000)),
        (1_000_000, "2", LUXURY, (2_000_000, "2000000.00", 240_000)),
        (1_000_000, "2", NO_TAX, (2_000_000, "0.00", 0)),
        (50, "1", ORDINARY, (50, "45.83", 6)),  # 5.5 goes up
        (3, "0.5", NO_TAX, (2, "0.00", 0)),  # 1.5 goes up
    ],
)
def test_ppn_by_pmk_131_of_2024(
    price: int, quantity: str, tax: Tax, told: tuple[int, str, int]
) -> None:
    one = line_sum(Decimal(price), Decimal(quantity), tax)
    assert (int(one.base), str(one.taxed), int(one.tax)) == told


@given(MOMENTS, st.integers(1, 10), st.sampled_from(list(ZONES)), HOLIDAYS)
def test_between_now_and_the_deadline_lie_that_many_working_days(
    at: datetime, days: int, zone: str, holidays: frozenset[date]
) -> None:
    due = due_at(at, days, zone, holidays)
    first, end = at.astimezone(ZoneInfo(zone)).date(), due.astimezone(ZoneInfo(zone))
    assert (end.hour, end.minute, end.second) == (0, 0, 0)
    span = [first + timedelta(days=n) for n in range(1, (end.date() - first).days)]
    assert sum(is_working_day(day, holidays) for day in span) == days
    assert is_working_day(span[-1], holidays)


@pytest.mark.parametrize("zone", list(ZONES))
def test_the_third_working_day_ends_at_midnight_there(zone: str) -> None:
    here = ZoneInfo(zone)
    monday = datetime(2026, 11, 23, 8, tzinfo=here)
    due = due_at(monday, 3, zone, frozenset())
    assert due == datetime(2026, 11, 27, tzinfo=here)
    friday = datetime(2026, 11, 27, 23, 59, 59, tzinfo=here)
    assert due_at(friday, 3, zone, frozenset({date(2026, 12, 1)})) == datetime(
        2026, 12, 4, tzinfo=here
    )


def test_one_moment_is_another_day_further_east() -> None:
    """23:30 in Jakarta is Tuesday in Jayapura already: its three days end a day later."""
    at = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    ends = [due_at(at, 3, zone, frozenset()) for zone in ZONES]
    days = [end.astimezone(ZoneInfo(zone)).day for end, zone in zip(ends, ZONES, strict=True)]
    assert days == [27, 28, 28]


def test_at_the_second_itself_it_is_too_late() -> None:
    due = datetime(2026, 11, 26, 17, tzinfo=UTC)
    assert in_time(due, due - timedelta(microseconds=1))
    assert not in_time(due, due)
    assert in_time(None, due)


@pytest.mark.parametrize(
    ("total", "office"), [(200_000_000, "pp"), (200_000_001, "ppk"), (1, "pp")]
)
def test_the_officer_orders_up_to_and_with_the_ceiling(total: int, office: str) -> None:
    assert makes_order(Decimal(total), Decimal(200_000_000)) == office


@pytest.mark.parametrize(
    "amount", ["0", "-1", "1e30", "NaN", "Infinity", "-Infinity", "0.5", "1e15"]
)
def test_what_is_no_amount_of_money(amount: str) -> None:
    assert not is_money(Decimal(amount))


def test_offers_have_a_sane_price_for_each_line_and_never_go_up() -> None:
    listed = [Decimal(100), Decimal(200)]
    assert prices_fit([Decimal(100), Decimal(1)], listed)
    for wrong in ([Decimal(100)], [Decimal(101), Decimal(1)], [Decimal(0), Decimal(1)], []):
        assert not prices_fit(wrong, listed)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("52345678", ("52345678",)),
        (" 52345678 ; 52345679;", ("52345678", "52345679")),
        ("52345678;52345678", ("52345678",)),
        ("", None),
        ("12345", None),
        ("5234567a", None),
        ("٥٢٣٤٥٦٧٨", None),
        (";".join(str(52345678 + n) for n in range(11)), None),
    ],
)
def test_plan_codes(text: str, codes: tuple[str, ...] | None) -> None:
    assert rup_codes(text) == codes


def test_days_late_are_calendar_days() -> None:
    assert late_days(date(2026, 11, 30), date(2026, 11, 27)) == 3
    assert late_days(date(2026, 11, 26), date(2026, 11, 27)) == 0
