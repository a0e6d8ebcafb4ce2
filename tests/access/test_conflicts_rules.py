"""Roles that exclude each other, as pure functions: reach, severity, exception, days."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.access.kinds import BOUNDED, OF_COMPANIES, REACHES
from gapura.access.roles import ROLES, Scope
from gapura.access.rules import ConflictLaw, Office, clashes
from gapura.kernel.ids import uuid7

DAY = date(2026, 6, 1)
_ROWS = import_module("gapura.access.migrations.0005_law").CONFLICTS


def law(row: tuple[Any, ...]) -> ConflictLaw:
    """A shipped row as the rules see it."""
    code, role, other, reach, severity, exception, basis, since = row
    return ConflictLaw(uuid7(), code, role, other, reach, severity, exception, basis, since, None)


LAWS = [law(row) for row in _ROWS]


def office(role: str, *, agency: str = "A", unit: str = "A.1", kind: str = "ministry") -> Office:
    """A role where it is held, all of June 2026; a company's role at company C."""
    days: dict[str, Any] = {"first": DAY, "after": DAY + timedelta(days=30)}
    scope = ROLES[role].scope
    if scope is Scope.COMPANY:
        return Office(role, company="C", **days)
    if scope is Scope.PLATFORM:
        return Office(role, **days)
    at = unit if scope is Scope.UNIT else ""
    return Office(
        role,
        agency=agency,
        unit=at,
        kind=kind,
        path=f"{at.replace('.', '/')}/",
        spread=role in BOUNDED,
        **days,
    )


def codes(one: Office, *held: Office) -> list[str]:
    """Codes of the shipped rules that would be broken."""
    return [clash.law.code for clash in clashes(one, held, LAWS)]


@pytest.mark.parametrize("row", _ROWS, ids=[row[0] for row in _ROWS])
def test_each_rule_speaks_where_it_reaches_in_either_order(row: tuple[str, ...]) -> None:
    code, role, other, reach = row[:4]
    here, there = office(role), office(other)
    assert code in codes(here, there)
    assert code in codes(there, here)
    elsewhere = [office(other, agency="B", unit="B.1"), office(other, unit="A.2")]
    expected = {
        "absolute": [True, True],
        "agency": [False, True],
        "unit": [False, ROLES[other].scope is Scope.AGENCY or ROLES[role].scope is Scope.AGENCY],
        "package": [False, False],
    }[reach]
    assert [code in codes(here, one) for one in elsewhere] == expected


@pytest.mark.parametrize("row", _ROWS, ids=[row[0] for row in _ROWS])
def test_only_an_exception_lifts_a_rule_and_only_for_regional_money(row: tuple[str, ...]) -> None:
    code, role, other, *_, exception, _basis, _since = row
    regional = [office(one, kind="city") for one in (role, other)]
    assert (code in codes(*regional)) is (exception == "")
    mixed = [office(role, kind="city"), office(other, kind="ministry")]
    assert code in codes(*mixed)


def test_pairs_without_a_rule_do_not_clash() -> None:
    ruled = {frozenset(row[1:3]) for row in _ROWS}
    for one, two in product(ROLES, ROLES):
        assert bool(codes(office(one), office(two))) == (frozenset((one, two)) in ruled)


def test_what_is_about_one_package_never_blocks_where_a_role_is_given() -> None:
    forbidden = ConflictLaw(uuid7(), "x", "pp", "ppk", "package", "block", "", "law", DAY, None)
    (clash,) = clashes(office("pp"), [office("ppk")], [forbidden])
    assert not clash.law.blocks


def test_what_blocks_is_told_first() -> None:
    found = clashes(office("ppk"), [office("pp"), office("bendahara")], LAWS)
    assert [clash.law.severity for clash in found] == ["block", "warn"]


def test_a_verifier_of_one_part_reaches_down_its_own_tree_only() -> None:
    bounded = Office("verifikator", agency="A", unit="A.1", path="A.1/", spread=True, first=DAY)
    below = Office("ppk", agency="A", unit="A.1.1", path="A.1/A.1.1/", first=DAY)
    beside = Office("ppk", agency="A", unit="A.2", path="A.2/", first=DAY)
    assert codes(bounded, below) == ["verifikator_ppk"]
    assert codes(bounded, beside) == []


def test_an_officer_does_not_reach_down_the_tree() -> None:
    above = Office("bendahara", agency="A", unit="A.1", path="A.1/", first=DAY)
    below = Office("ppspm", agency="A", unit="A.1.1", path="A.1/A.1.1/", first=DAY)
    assert codes(above, below) == []


@pytest.mark.parametrize("role", OF_COMPANIES)
def test_buyers_of_a_company_are_apart_from_treasurers_anywhere(role: str) -> None:
    buyer = Office(role, company="C", first=DAY)
    assert f"{role}_bendahara" in codes(buyer, office("bendahara"))
    assert codes(Office("pp", company="C", first=DAY), Office("ppk", company="C", first=DAY))
    assert not codes(Office("pp", company="C", first=DAY), Office("ppk", company="D", first=DAY))


def _moved(one: Office, days: int, length: int = 30) -> Office:
    first = DAY + timedelta(days=days)
    return Office(one.role, one.agency, one.unit, first=first, after=first + timedelta(days=length))


@pytest.mark.parametrize(
    ("days", "speaks"),
    [(-31, False), (-30, False), (-29, True), (0, True), (29, True), (30, False), (31, False)],
)
def test_the_day_after_the_end_is_free_and_the_last_day_is_not(days: int, speaks: bool) -> None:
    assert bool(codes(_moved(office("ppk"), days), office("bendahara"))) is speaks


@pytest.mark.parametrize(
    ("since", "until", "speaks"),
    [(0, None, True), (29, None, True), (30, None, False), (-90, 0, False), (-90, 1, True)],
)
def test_a_rule_speaks_on_its_own_days_only(since: int, until: int | None, speaks: bool) -> None:
    first = DAY + timedelta(days=since)
    end = None if until is None else DAY + timedelta(days=until)
    rule = ConflictLaw(uuid7(), "x", "bendahara", "ppk", "absolute", "block", "", "b", first, end)
    assert bool(clashes(office("ppk"), [office("bendahara")], [rule])) is speaks


def test_an_open_end_overlaps_everything_after_its_beginning() -> None:
    held = Office("bendahara", agency="A", unit="A.1", first=DAY)
    (clash,) = clashes(_moved(office("ppk"), 5000), [held], LAWS)
    assert clash.after == DAY + timedelta(days=5030)


_days = st.integers(-40, 40)


@given(_days, st.integers(1, 40), _days, st.integers(1, 40))
def test_they_clash_exactly_when_they_share_a_day(
    first: int, length: int, other: int, span: int
) -> None:
    one, two = _moved(office("pp"), first, length), _moved(office("ppspm"), other, span)
    shared = set(range(first, first + length)) & set(range(other, other + span))
    found = clashes(one, [two], LAWS)
    assert bool(found) == bool(shared)
    for clash in found:
        assert clash.first == DAY + timedelta(days=min(shared))
        assert clash.after == DAY + timedelta(days=max(shared) + 1)


def _shipped() -> Iterator[str]:
    yield from (row[3] for row in _ROWS)


def test_every_reach_is_used_and_known() -> None:
    assert set(_shipped()) == set(REACHES)
