"""Standing in, as pure functions: the days of a chain, and whether days are covered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.access.rules import Span, covered, days_of, stood_in

DAY = date(2026, 1, 1)
BREAK_DAYS = 14


def span(first: int, length: int | None) -> Span:
    """Days counted from DAY."""
    start = DAY + timedelta(days=first)
    return Span(start, None if length is None else start + timedelta(days=length))


@pytest.mark.parametrize(
    ("earlier", "total"),
    [
        ([], 30),
        ([span(-30, 30)], 60),
        ([span(-30 - BREAK_DAYS + 1, 30)], 60),
        ([span(-30 - BREAK_DAYS, 30)], 30),
        ([span(30, 10)], 40),
        ([span(-60, 30), span(-30, 30)], 90),
        ([span(-10, 20)], 40),
        ([span(-400, 90)], 30),
        ([span(-30, None)], 30),
    ],
)
def test_terms_near_each_other_are_one_chain(earlier: list[Span], total: int) -> None:
    assert stood_in(earlier, span(0, 30), BREAK_DAYS) == total


@given(st.lists(st.tuples(st.integers(-200, 200), st.integers(0, 60)), max_size=6))
def test_a_chain_never_counts_a_day_twice(terms: list[tuple[int, int]]) -> None:
    earlier = [span(*term) for term in terms]
    days = {day for first, length in [*terms, (0, 30)] for day in range(first, first + length)}
    assert 30 <= stood_in(earlier, span(0, 30), BREAK_DAYS) <= len(days)


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([span(0, 30)], True),
        ([span(0, 29)], False),
        ([span(1, 30)], False),
        ([span(-5, None)], True),
        ([span(15, 20), span(-5, 20)], True),
        ([span(16, 20), span(-5, 20)], False),
        ([], False),
    ],
)
def test_days_are_covered_without_a_gap(spans: list[Span], whole: bool) -> None:
    assert covered(spans, span(0, 30)) is whole


def test_an_open_span_has_no_number_of_days() -> None:
    assert (days_of(span(0, None)), days_of(span(0, 3))) == (None, 3)
