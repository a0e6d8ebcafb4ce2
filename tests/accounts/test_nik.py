"""A NIK is refused only for what no NIK can be; whatever might be right is left to the verifier."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.accounts import errors
from gapura.accounts.queries import regions
from gapura.accounts.rules import bare, masked, nik_facts, nik_problems, nik_warnings
from tests.accounts.people import nik

TODAY = date(2026, 11, 22)
REGENCIES = sorted(code for code in regions() if "." in code)
BIRTHS = st.dates(date(1940, 1, 1), TODAY)


def problems(number: str) -> list[type]:
    return [type(problem) for problem in nik_problems(number, regions(), TODAY)]


def test_the_list_has_38_provinces_and_514_regencies() -> None:
    assert (len(regions()) - len(REGENCIES), len(REGENCIES)) == (38, 514)


def test_every_region_valid_today_passes_without_a_warning() -> None:
    for code in REGENCIES:
        number = nik(region=code.replace(".", ""), serial=1)
        assert problems(number) == [], code
        assert nik_warnings(number, regions(), TODAY) == [], code


@given(BIRTHS, st.booleans(), st.integers(1, 9999), st.sampled_from(REGENCIES))
def test_every_birth_date_passes_and_is_among_the_answers(
    birth: date, woman: bool, serial: int, code: str
) -> None:
    number = nik(birth, woman=woman, region=code.replace(".", ""), serial=serial)
    facts = nik_facts(number, TODAY)
    assert problems(number) == []
    assert birth in facts.births
    assert facts.sex == ("f" if woman else "m")
    assert facts.region == code


@pytest.mark.parametrize("day", ["00", "32", "40", "72", "99"])
def test_days_that_no_month_has_are_refused(day: str) -> None:
    assert problems(f"327301{day}08850001") == [errors.NikDate]


@pytest.mark.parametrize("day", ["41", "57", "71"])
def test_days_of_women_are_accepted(day: str) -> None:
    assert problems(f"327301{day}08850001") == []


@pytest.mark.parametrize(
    ("birth", "years"), [("290200", [2000]), ("290204", [1904, 2004]), ("690296", [1996])]
)
def test_a_leap_day_counts_in_the_centuries_that_have_it(birth: str, years: list[int]) -> None:
    facts = nik_facts(f"327301{birth}0001", TODAY)
    assert [day.year for day in facts.births] == years


@pytest.mark.parametrize("birth", ["290201", "310485", "300285", "011385", "010085"])
def test_dates_that_are_in_no_calendar_are_refused(birth: str) -> None:
    assert problems(f"327301{birth}0001") == [errors.NikDate]


def test_a_birth_still_to_come_is_read_as_a_century_earlier() -> None:
    assert nik_facts("3273012311260001", TODAY).births == (date(1926, 11, 23),)


@pytest.mark.parametrize("start", ["000101", "990101", "200101", "320001", "327300"])
def test_a_place_that_cannot_be_is_refused(start: str) -> None:
    assert problems(f"{start}1708850001") == [errors.NikRegion]


def test_a_regency_that_was_split_since_only_warns() -> None:
    number = "9101011708850001"
    assert "91.01" not in regions()
    assert problems(number) == []
    assert [type(w) for w in nik_warnings(number, regions(), TODAY)] == [errors.RegionUnlisted]


def test_people_first_registered_in_east_timor_keep_their_number() -> None:
    assert problems("5401011708850001") == []


def test_serial_0000_is_refused() -> None:
    assert problems("3273011708850000") == [errors.NikSerial]


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("", errors.NumberLength),
        ("327301170885001", errors.NumberLength),
        ("32730117088500012", errors.NumberLength),
        ("1" * 10_000, errors.NumberLength),
        ("327301170885000A", errors.NumberHasLetters),
        ("٣٢٧٣٠١١٧٠٨٨٥٠٠٠١", errors.NumberHasLetters),
        (
            "\uff13\uff12\uff17\uff13\uff10\uff11\uff11\uff17\uff10\uff18\uff18\uff15\uff10\uff10\uff10\uff11",
            errors.NumberHasLetters,
        ),
        ("327301170885000²", errors.NumberHasLetters),
        ("3273011708850001\0", errors.NumberHasLetters),
        ("\u202e3273011708850001", errors.NumberHasLetters),
        ("-273011708850001", errors.NumberHasLetters),
    ],
)
def test_only_sixteen_ascii_digits_are_a_nik(number: str, problem: type) -> None:
    assert problems(number) == [problem]


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_check(text: str) -> None:
    nik_problems(bare(text), regions(), TODAY)


@given(st.text("0123456789", min_size=16, max_size=16))
def test_sixteen_digits_are_either_refused_or_understood(number: str) -> None:
    if not nik_problems(number, regions(), TODAY):
        assert nik_facts(number, TODAY).births


def test_the_way_people_group_digits_does_not_matter() -> None:
    assert bare("3273 0117-0885.0001") == "3273011708850001"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("3273011708850001", "3273••••••••••01"), ("12345", "•••••"), ("", ""), (None, "")],
)
def test_a_masked_number_shows_four_and_two_digits(number: str | None, shown: str) -> None:
    assert masked(number) == shown
