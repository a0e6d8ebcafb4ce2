"""Strict reading: whatever is not exactly as agreed is nonsense."""

import contextlib
import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapura.outside.answers import Proof
from gapura.outside.reading import Answer, Nonsense, read
from gapura.outside.services.companies import _business, _listed, _tax
from gapura.outside.services.people import _identity

ID = "3f0e8a52-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"\xff\xfe",
        b"{" * 100_000,
        b"[" * 100_000,
        json.dumps({"request_id": "another"}).encode(),
        f'{{"request_id": "{ID}", "request_id": "{ID}"}}'.encode(),
        f'{{"request_id": "{ID}", "x": NaN}}'.encode(),
        f'{{"request_id": "{ID}", "x": {"9" * 5000}}}'.encode(),
    ],
    ids=["empty", "null", "list", "text", "bytes", "open", "deep", "id", "double", "nan", "long"],
)
def test_what_is_no_answer_is_nonsense(content: bytes) -> None:
    with pytest.raises(Nonsense):
        read(content, ID)


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("flag", 1),
        ("flag", "true"),
        ("flag", None),
        ("number", True),
        ("number", 1.0),
        ("number", "1"),
        ("day", "2026-02-30"),
        ("day", "20260201"),
        ("day", 20260201),
        ("open_day", ""),
    ],
)
def test_values_are_not_bent_into_shape(reader: str, value: object) -> None:
    with pytest.raises(Nonsense):
        getattr(Answer({"x": value}), reader)("x")


@pytest.mark.parametrize("text", ["", "   ", "a" * 11, "a\nb", "a\x00b", "a\u202eb"])
def test_a_text_is_printable_and_bounded(text: str) -> None:
    with pytest.raises(Nonsense):
        Answer({"x": text}).text("x", 10)


@pytest.mark.parametrize("values", [[], ["1", "1"], ["a"], [1], "12", ["1"] * 3, {"1": 1}])
def test_a_list_holds_only_what_was_agreed(values: object) -> None:
    with pytest.raises(Nonsense):
        Answer({"x": values}).texts("x", re.compile("[0-9]"), 2)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=3,
)
FIELDS = (
    "found", "name_matches", "birth_date_matches", "status", "name", "form", "owner_matches",
    "scale", "kblis", "region", "npwp", "taxable", "listed", "since", "until", "decision",
)  # fmt: skip
LIKELY = st.sampled_from(
    ["active", "revoked", "pt", "micro", "31.71", "0" * 16, "2026-01-01", True, False, None]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), LIKELY | ANYTHING))
def test_any_object_is_an_answer_or_nonsense_and_nothing_else(fields: dict[str, Any]) -> None:
    proof = Proof("oss", "R", "0" * 64, None)  # type: ignore[arg-type]
    for reader in (_identity, _business, _tax, _listed):
        with contextlib.suppress(Nonsense):
            reader(Answer(fields), proof)


def test_a_listing_that_ends_before_it_begins_is_nonsense() -> None:
    fields = {"listed": True, "since": "2026-02-01", "until": "2026-01-01", "decision": "KEP-1"}
    with pytest.raises(Nonsense):
        _listed(Answer(fields), Proof("blacklist", "R", "", None))  # type: ignore[arg-type]


def test_a_listing_without_its_end_field_is_nonsense_but_null_is_open() -> None:
    fields: dict[str, Any] = {"listed": True, "since": "2026-02-01", "decision": "KEP-1"}
    proof = Proof("blacklist", "R", "", None)  # type: ignore[arg-type]
    with pytest.raises(Nonsense):
        _listed(Answer(fields), proof)
    assert _listed(Answer({**fields, "until": None}), proof).until is None
