"""RFC 7519: claims that every token is held to, and the JSON they are read from."""

from datetime import timedelta
from typing import Any

import pytest

from gapura.sso.protocol import jose, jwt
from gapura.sso.protocol.encoding import from_json, half_hash_of, to_json
from gapura.sso.protocol.records import CLOCK_SKEW
from tests.sso.rfc.making import AT, NOW, ec_key, forged, why

TIMES = ("exp", "nbf", "iat")
SKEW = int(CLOCK_SKEW.total_seconds())


def check(claims: dict[str, Any], **named: Any) -> str:
    """Why its times are refused, "" if they are not."""
    try:
        jwt.check_times(claims, NOW, **named)
    except jose.BadToken as bad:
        return bad.why
    return ""


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("value", ["1772413200", "", None, True, False, [], {}, [AT]])
def test_section_2_a_numeric_date_is_a_number(name: str, value: object) -> None:
    """A text compared with a number, or true taken for 1, would never expire."""
    assert check({"exp": AT + 60} | {name: value}) == f"{name}_type"


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("value", [-1, 1e300, 10**400, 253402300800])
def test_section_2_a_numeric_date_lies_in_time(name: str, value: float) -> None:
    assert check({"exp": AT + 60} | {name: value}) == f"{name}_range"


@pytest.mark.parametrize("name", TIMES)
def test_section_2_a_numeric_date_may_have_a_fraction(name: str) -> None:
    assert check({"exp": AT + 60} | {name: AT + 0.5}) == ""


@pytest.mark.parametrize(
    ("exp", "said"),
    [
        (AT + 1, ""),
        (AT - SKEW + 1, ""),
        (AT - SKEW, "expired"),
        (AT - 3600, "expired"),
        (0, "expired"),
    ],
)
def test_section_4_1_4_exp(exp: int, said: str) -> None:
    assert check({"exp": exp}) == said


def test_section_4_1_4_without_leeway_exp_is_the_first_moment_that_is_over() -> None:
    assert check({"exp": AT}, skew=timedelta(0)) == "expired"
    assert check({"exp": AT + 1}, skew=timedelta(0)) == ""


def test_section_4_1_4_a_token_without_exp_is_refused() -> None:
    assert check({"iat": AT}) == "exp_missing"


def test_a_token_that_lives_too_long_is_refused() -> None:
    limit = timedelta(minutes=5)
    assert check({"exp": AT + 300 + SKEW}, longest=limit) == ""
    assert check({"exp": AT + 301 + SKEW}, longest=limit) == "too_far"


@pytest.mark.parametrize(("name", "said"), [("nbf", "not_yet"), ("iat", "from_the_future")])
def test_sections_4_1_5_and_4_1_6_what_lies_ahead_is_refused(name: str, said: str) -> None:
    assert check({"exp": AT + 600, name: AT + SKEW}) == ""
    assert check({"exp": AT + 600, name: AT + SKEW + 1}) == said


@pytest.mark.parametrize("aud", [None, 1, True, [], {}, [1], ["a", None], {"a": 1}])
def test_section_4_1_3_aud_is_a_text_or_texts(aud: object) -> None:
    assert why(jwt.audience, {"aud": aud}) == "aud_type"


def test_section_4_1_3_aud_of_one_may_stand_alone() -> None:
    assert jwt.audience({"aud": "a"}) == ("a",)
    assert jwt.audience({"aud": ["a", "b"]}) == ("a", "b")
    assert why(jwt.audience, {}) == "aud_type"


@pytest.mark.parametrize("value", [None, "", 1, ["a"], {"a": 1}, True, "x" * 257])
def test_section_4_1_7_an_id_is_a_text_of_some_length(value: object) -> None:
    assert why(jwt.text, {"jti": value}, "jti") == "jti_type"


@pytest.mark.parametrize(
    "claims",
    [
        b'{"sub":"a","sub":"b"}',
        b'{"sub":"a","\\u0073ub":"b"}',
        b'{"a":{"sub":"a","sub":"b"}}',
        b'{"a":[{"b":1,"b":1}]}',
        b'{"exp":NaN}',
        b'{"exp":Infinity}',
        b'{"exp":-Infinity}',
        b'{"exp":1e999}',
        b'{"exp":0x10}',
        b"{'exp':1}",
        b'{"exp":1,}',
        b'{"exp":1}{}',
        b'{"sub":"\\ud800"}',
        b'{"sub":"\\u0000"}',
        b'{"\\u0000":1}',
        b'{"sub":"\xff"}',
        b'{"sub":"\x00"}',
        b"[1]",
        b"1",
        b'"text"',
        b"null",
        b"",
    ],
)
def test_section_4_claims_that_can_be_read_in_two_ways_are_refused(claims: bytes) -> None:
    header = {"alg": "ES256", "typ": "at+jwt", "kid": "ec-1"}
    token = forged(header, claims, ec_key().signature)
    keys = [ec_key().public]
    assert (
        why(jose.read, token, keys=keys, algorithms=("ES256",), typ=("at+jwt",))
        == "malformed_claims"
    )


def test_escapes_that_are_harmless_are_read() -> None:
    assert from_json('{"a":"\\u00e9\\ud83d\\ude00\\n"}') == {"a": "\u00e9\U0001f600\n"}
    assert from_json(b'{"a":[1,2.5,null,true,{"b":"c"}]}') == {
        "a": [1, 2.5, None, True, {"b": "c"}]
    }


def test_numbers_with_thousands_of_digits_are_refused() -> None:
    with pytest.raises(ValueError, match="digits"):
        from_json('{"a":' + "9" * 10_000 + "}")


def test_what_we_write_is_compact_ascii_and_never_nan() -> None:
    assert to_json({"a": "\u00e9", "b": [1]}) == b'{"a":"\\u00e9","b":[1]}'
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json({"a": float("nan")})


def test_peeking_believes_nothing_and_refuses_what_cannot_be_read() -> None:
    token = forged({"alg": "none"}, {"sub": "x"}, b"")
    assert jose.peek(token) == {"sub": "x"}
    assert why(jose.peek, "a.b") == "malformed"
    assert why(jose.peek, forged({}, b"[]", b"")) == "malformed_claims"


def test_openid_core_a_4_at_hash_is_the_left_half() -> None:
    token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
    assert half_hash_of(token) == "77QmUPtjPfzWtF2AnpK9RQ"
