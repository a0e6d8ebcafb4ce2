"""How values are shown, in both languages and three zones."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from gapura.kernel.money import Rupiah
from gapura.web.shell.display import day, left, masked, moment, page_window, rupiah, tr

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "zone", "shown"),
    [
        ("id", "Asia/Jakarta", "22 November 2026 pukul 14.30 WIB"),
        ("id", "Asia/Makassar", "22 November 2026 pukul 15.30 WITA"),
        ("en", "Asia/Jayapura", "22 November 2026, 16:30 WIT"),
    ],
)
def test_a_moment_names_its_zone(lang: str, zone: str, shown: str) -> None:
    with override(lang):
        assert moment(AT, zone) == shown


def test_a_foreign_zone_is_an_error() -> None:
    with pytest.raises(KeyError):
        moment(AT, "Europe/London")


def test_months_are_in_the_readers_language() -> None:
    with override("id"):
        assert day(date(2026, 8, 17)) == "17 Agustus 2026"
    with override("en"):
        assert day(date(2026, 8, 17)) == "17 August 2026"


def test_nothing_is_shown_as_nothing() -> None:
    assert (day(None), moment(None), tr("")) == ("", "", "")


def test_money_is_written_as_in_indonesia() -> None:
    assert rupiah(1_250_000) == "Rp1.250.000"
    assert rupiah(Rupiah(Decimal("1250000.50"))) == "Rp1.250.000,50"


def test_identity_numbers_keep_four_and_two() -> None:
    assert masked("3201014101900001") == "3201••••••••••01"
    assert masked("12345678") == "••••••••"


@pytest.mark.parametrize(
    ("remaining", "shown"),
    [
        (timedelta(days=2, hours=21, minutes=5), "2 days 21 hours"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (timedelta(seconds=20), "1 minute"),
        (timedelta(0), ""),
        (timedelta(hours=-1), ""),
    ],
)
def test_what_is_left_of_a_deadline(remaining: timedelta, shown: str) -> None:
    with override("en"):
        assert left(AT + remaining, AT) == shown


def test_page_numbers_have_gaps() -> None:
    assert list(page_window(1, 1)) == [1]
    assert list(page_window(2, 4)) == [1, 2, 3, 4]
    assert list(page_window(10, 20)) == [1, None, 9, 10, 11, None, 20]
