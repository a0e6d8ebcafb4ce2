"""Staff numbers by type of person, and where they contradict the NIK."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.accounts import errors
from gapura.accounts.rules import KINDS, nik_facts, nip_problems, nip_warnings
from tests.accounts.people import nik

TODAY = date(2026, 11, 22)
PNS = "198508172010031001"
PPPK = "198508172022211001"


def problems(number: str, kind: str) -> list[type]:
    return [type(problem) for problem in nip_problems(number, kind, TODAY)]


def warnings(number: str, kind: str, nik_number: str) -> list[type]:
    found = nip_warnings(number, kind, nik_facts(nik_number, TODAY))
    return [type(warning) for warning in found]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (PNS, "pns"),
        (PPPK, "pppk"),
        ("198508172022291002", "pppk"),
        ("85081234", "tni_polri"),
        ("11040012345678", "tni_polri"),
        ("524123/P".replace("/", ""), "tni_polri"),
        ("", "citizen"),
    ],
)
def test_a_sound_number_of_its_kind_passes(number: str, kind: str) -> None:
    assert problems(number, kind) == []


def test_21_at_digits_13_and_14_is_a_pppk_and_no_month() -> None:
    assert problems(PPPK, "pns") == [errors.NipIsPppk]


def test_a_pns_number_is_not_taken_for_a_pppk() -> None:
    assert problems(PNS, "pppk") == [errors.NipIsPns]


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("198513172010031001", errors.NipDate),
        ("203008172010031001", errors.NipDate),
        ("198508172010131001", errors.NipStart),
        ("198508172010001001", errors.NipStart),
        ("198508172099031001", errors.NipStart),
        ("198508172010033001", errors.NipSex),
        ("198508172010031000", errors.NipSerial),
        ("19850817201003100", errors.NumberLength),
        ("19850817201003100X", errors.NumberHasLetters),
        ("١٩٨٥٠٨١٧٢٠١٠٠٣١٠٠١", errors.NumberHasLetters),
        ("1" * 10_000, errors.NumberLength),
        ("", errors.NipNeeded),
    ],
)
def test_a_broken_nip_is_refused_for_its_own_reason(number: str, problem: type) -> None:
    assert problems(number, "pns") == [problem]


@pytest.mark.parametrize(
    "number",
    ["1234", "1" * 21, "ABCDEF", "12 34", "\uff11\uff12\uff13\uff14\uff15\uff16", "12345\0"],
)
def test_an_nrp_has_bounds(number: str) -> None:
    assert problems(number, "tni_polri") == [errors.NrpMalformed]


def test_a_citizen_gives_no_nip() -> None:
    assert problems(PNS, "citizen") == [errors.NipNotForCitizens]


def test_numbers_that_agree_give_no_warning() -> None:
    assert warnings(PNS, "pns", nik(date(1985, 8, 17), serial=1)) == []


def test_another_birth_date_and_sex_than_in_the_nik_warn() -> None:
    other = nik(date(1986, 8, 17), woman=True, serial=1)
    assert warnings(PNS, "pns", other) == [errors.BirthDatesDiffer, errors.SexesDiffer]


def test_a_start_in_childhood_warns() -> None:
    assert warnings("198508171990031001", "pns", nik(serial=1)) == [errors.StartUnlikely]


def test_a_police_number_begins_with_year_and_month_of_birth() -> None:
    assert warnings("85081234", "tni_polri", nik(serial=1)) == []
    assert warnings("86081234", "tni_polri", nik(serial=1)) == [errors.NrpDateUnlikely]


@given(st.text(max_size=30), st.sampled_from(sorted(KINDS)))
def test_no_text_whatever_breaks_the_check(text: str, kind: str) -> None:
    nip_problems(text, kind, TODAY)


@given(st.text("0123456789", min_size=18, max_size=18), st.sampled_from(["pns", "pppk"]))
def test_eighteen_digits_are_either_refused_or_compared(number: str, kind: str) -> None:
    if not nip_problems(number, kind, TODAY):
        nip_warnings(number, kind, nik_facts(nik(serial=1), TODAY))
