"""Ids, clock, money and sealing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.kernel import clock
from gapura.kernel.encryption import Unsealable, lookup, open_sealed, seal
from gapura.kernel.ids import uuid7
from gapura.kernel.money import Rupiah

MIDNIGHT_IN_JAYAPURA = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)


def test_an_id_tells_its_time_and_is_version_7() -> None:
    with clock.frozen(MIDNIGHT_IN_JAYAPURA):
        value = uuid7()
    assert value.version == 7
    assert value.int >> 80 == int(MIDNIGHT_IN_JAYAPURA.timestamp() * 1000)
    assert uuid7() != uuid7()


def test_a_legal_day_is_a_day_in_the_units_own_zone() -> None:
    assert clock.legal_day(MIDNIGHT_IN_JAYAPURA, "Asia/Jayapura") == date(2026, 3, 15)
    assert clock.legal_day(MIDNIGHT_IN_JAYAPURA, "Asia/Makassar") == date(2026, 3, 14)
    assert clock.legal_day(MIDNIGHT_IN_JAYAPURA, "Asia/Jakarta") == date(2026, 3, 14)


def test_a_frozen_clock_stands_still_and_runs_again() -> None:
    with clock.frozen(MIDNIGHT_IN_JAYAPURA):
        assert clock.now() == MIDNIGHT_IN_JAYAPURA
    assert clock.now() > MIDNIGHT_IN_JAYAPURA


def test_money_is_rounded_half_up_once_per_line() -> None:
    assert Rupiah(Decimal("1000.50")).times(Decimal(1)) == Rupiah(Decimal(1001))
    assert str(Rupiah(Decimal(1234567))) == "Rp1.234.567"
    assert str(Rupiah(Decimal("1234.50"))) == "Rp1.234,50"


@pytest.mark.parametrize("text", ["1e22", "NaN", "Infinity", "0.001"])
def test_money_refuses_what_the_column_cannot_hold(text: str) -> None:
    with pytest.raises(ValueError, match="rupiah"):
        Rupiah(Decimal(text))


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_only_in_its_own_place(plain: bytes) -> None:
    token = seal(plain, "person.nik")
    assert open_sealed(token, "person.nik") == plain
    with pytest.raises(Unsealable):
        open_sealed(token, "person.nip")
    with pytest.raises(Unsealable):
        open_sealed(token[:-1] + bytes([token[-1] ^ 1]), "person.nik")


def test_the_same_number_seals_differently_but_is_found_by_one_lookup() -> None:
    assert seal(b"3171234567890001", "a.b") != seal(b"3171234567890001", "a.b")
    assert lookup("3171234567890001", "nik") == lookup("3171234567890001", "nik")
    assert lookup("3171234567890001", "nik") != lookup("3171234567890001", "nip")
