"""RFC 6749 3.1, 3.2 and appendix B: every parameter has one meaning."""

import pytest

from gapura.sso.protocol.parameters import Parameters, form, is_form, query
from gapura.sso.protocol.problems import OAuthProblem
from tests.sso.rfc.making import why


def test_appendix_b_a_form_is_decoded() -> None:
    found = form(b"scope=openid+profile&state=a%26b%3D%C3%A9&x=%2B")
    assert (found.get("scope"), found.get("state"), found.get("x")) == (
        "openid profile",
        "a&b=\u00e9",
        "+",
    )
    assert found.names == {"scope", "state", "x"}


def test_section_3_1_a_parameter_without_a_value_is_left_out() -> None:
    found = query("a=&b&c=1&")
    assert found.names == {"c"}
    assert found.get("a") == found.get("unknown") == ""
    assert "a" not in found
    assert found.many("a") == ()


@pytest.mark.parametrize(
    "body", ["a=1&a=2", "a=1&a=1", "a=1&a=", "a=&a=1", "a&a", "a=1&%61=2", "scope=x&b=1&scope=y"]
)
def test_section_3_1_a_parameter_that_is_sent_twice_is_refused(body: str) -> None:
    """Parameter pollution: the one who checks and the one who uses must not read two values."""
    assert why(query, body) == why(form, body.encode()) == "duplicate_parameter"


def test_names_are_case_sensitive_and_brackets_mean_nothing() -> None:
    found = query("a=1&A=2&a[]=3&a.b=4")
    assert [found.get(name) for name in ("a", "A", "a[]", "a.b")] == ["1", "2", "3", "4"]


def test_rfc8707_2_resource_may_be_sent_several_times() -> None:
    found = query("resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example&resource=")
    assert found.many("resource") == ("https://a.example", "https://b.example")
    assert found.get("resource") == "https://a.example"


@pytest.mark.parametrize("body", ["a=%", "a=%4", "a=%zz", "%=1", "a=%u0041", "a=1%"])
def test_a_broken_escape_is_refused(body: str) -> None:
    assert why(query, body) == "broken_escape"


@pytest.mark.parametrize("body", [b"a=%ff", b"a=%c0%af", b"a=%ed%a0%80", b"a=\xff", b"%ff=1"])
def test_what_is_not_utf_8_is_refused(body: bytes) -> None:
    assert why(form, body) == "not_utf8"


@pytest.mark.parametrize("sign", ["%00", "%0a", "%0d", "%09", "%1b", "%7f"])
def test_control_characters_are_refused(sign: str) -> None:
    assert why(query, f"state=a{sign}b") == "control_characters"
    assert why(query, f"a{sign}=b") == "control_characters"


def test_only_json_may_be_laid_out_in_lines() -> None:
    assert query("claims=%7B%0A%09%7D").get("claims") == "{\n\t}"
    assert why(query, "claims=%7B%00%7D") == "control_characters"


def test_sizes_are_bounded() -> None:
    assert query("a=" + "x" * 8192).get("a")
    assert why(query, "a=" + "x" * 8193) == "too_long"
    assert why(query, "x" * 101 + "=1") == "bad_name"
    assert why(query, "=1") == "bad_name"
    assert len(query("&".join(f"a{n}=1" for n in range(100))).names) == 100
    assert why(query, "&".join(f"a{n}=1" for n in range(101))) == "too_many"
    assert why(query, "&".join(["resource=x"] * 101)) == "too_many"


def test_a_huge_body_is_refused_before_it_is_read() -> None:
    with pytest.raises(OAuthProblem) as caught:
        form(b"&" * (64 * 1024 + 1))
    assert (caught.value.status, caught.value.why) == (413, "too_long")
    assert why(query, "&" * (64 * 1024 + 1)) == "too_long"


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("application/x-www-form-urlencoded", True),
        ("Application/X-WWW-Form-Urlencoded; charset=utf-8", True),
        ("application/json", False),
        ("multipart/form-data; boundary=x", False),
        ("text/plain", False),
        ("application/x-www-form-urlencodedx", False),
        ("", False),
    ],
)
def test_section_3_2_only_a_form_is_read(kind: str, fits: bool) -> None:
    assert is_form(kind) is fits


def test_what_was_pushed_is_read_again_as_it_was() -> None:
    sent = query("state=a%26b+c&resource=x&resource=y&claims=%7B%0A%7D&empty=")
    assert query(sent.encoded()) == sent
    assert Parameters.of({"state": "a&b c", "resource": ["x", "y"], "claims": "{\n}"}) == sent
    assert sent.without("state").names == {"resource", "claims"}


def test_values_are_not_shown_by_accident() -> None:
    assert repr(query("code=secret")) == "Parameters(code)"
