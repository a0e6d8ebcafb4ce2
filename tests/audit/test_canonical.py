"""One byte sequence per value: the examples of RFC 8785, and what has no such sequence here."""

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapura.audit.canonical import NotCanonical, canonical, clean, moment, plain


def test_names_are_in_the_order_of_utf16_units() -> None:
    given = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    order = list(json.loads(canonical(given)))
    assert order == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_texts_are_escaped_as_ecmascript_does() -> None:
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert canonical(text) == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


def test_literals_and_nesting() -> None:
    assert (
        canonical({"b": [None, True, False, 56], "a": {}}) == b'{"a":{},"b":[null,true,false,56]}'
    )


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), 2**53, {1: "x"}, {"a": b""}, "\ud800", {1, 2}]
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


def test_floats_are_refused_however_deep() -> None:
    with pytest.raises(NotCanonical):
        plain({"a": [{"b": 0.1}]})


class _Kind(StrEnum):
    PNS = "pns"


def test_ids_dates_decimals_and_enums_become_texts() -> None:
    value = (UUID(int=1), date(2026, 2, 1), Decimal("1.50"), _Kind.PNS, True, 7, None)
    expected = [str(UUID(int=1)), "2026-02-01", "1.50", "pns", True, 7, None]
    assert plain(value) == expected


def test_moments_are_utc_with_microseconds() -> None:
    jakarta = timezone(timedelta(hours=7))
    assert moment(datetime(2026, 1, 1, 7, tzinfo=jakarta)) == "2026-01-01T00:00:00.000000Z"


def test_what_postgresql_cannot_hold_is_shown_as_such() -> None:
    assert clean("a\0b\ud800c\U0001f600") == "a\ufffdb\ufffdc\U0001f600"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_reading_back_gives_the_same_bytes(value: object) -> None:
    written = canonical(plain(value))
    assert canonical(json.loads(written)) == written
