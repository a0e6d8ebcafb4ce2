"""RFC 7636: the code is of use only to whom it was made for; S256 alone."""

import pytest

from gapura.sso.protocol.pkce import challenge_asked, challenge_of, check_verifier
from gapura.sso.protocol.problems import OAuthProblem
from tests.sso.rfc.making import why

# Appendix B
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_appendix_b_the_example() -> None:
    assert challenge_of(VERIFIER) == CHALLENGE
    assert challenge_asked(CHALLENGE, "S256", needed=True) == CHALLENGE
    check_verifier(VERIFIER, CHALLENGE)


@pytest.mark.parametrize("method", ["plain", "", "s256", "S512", "none", "S256 "])
def test_section_4_2_anything_but_s256_is_refused(method: str) -> None:
    """4.3: without a method it would be `plain`; downgrade is RFC 9700 4.8.2."""
    with pytest.raises(OAuthProblem) as caught:
        challenge_asked(CHALLENGE, method, needed=False)
    assert (caught.value.error, caught.value.why) == ("invalid_request", "challenge_method")


@pytest.mark.parametrize(
    "challenge",
    [CHALLENGE[:-1], CHALLENGE + "A", CHALLENGE + "=", CHALLENGE[:-1] + "+", "x", CHALLENGE + "\n"],
)
def test_section_4_2_a_challenge_is_a_hash(challenge: str) -> None:
    assert why(challenge_asked, challenge, "S256", needed=True) == "challenge_malformed"


def test_section_4_4_1_a_challenge_is_required_unless_registered_otherwise() -> None:
    assert why(challenge_asked, "", "", needed=True) == "challenge_missing"
    assert why(challenge_asked, "", "S256", needed=True) == "challenge_missing"
    assert why(challenge_asked, "", "S256", needed=False) == "challenge_missing"
    assert challenge_asked("", "", needed=False) == ""


@pytest.mark.parametrize(
    ("verifier", "challenge", "said"),
    [
        ("", CHALLENGE, "verifier_missing"),
        (VERIFIER, "", "verifier_unexpected"),
        ("x" * 43, CHALLENGE, "verifier_wrong"),
        (VERIFIER.lower(), CHALLENGE, "verifier_wrong"),
        (CHALLENGE, CHALLENGE, "verifier_wrong"),
        (VERIFIER, VERIFIER, "verifier_wrong"),
    ],
)
def test_section_4_6_verifier_and_challenge_fit_or_nothing_is_given(
    verifier: str, challenge: str, said: str
) -> None:
    with pytest.raises(OAuthProblem) as caught:
        check_verifier(verifier, challenge)
    assert (caught.value.error, caught.value.status) == ("invalid_grant", 400)
    assert caught.value.why == said


def test_rfc9700_4_8_2_neither_of_both_is_fine() -> None:
    check_verifier("", "")


@pytest.mark.parametrize(
    "verifier", ["x" * 42, "x" * 129, "x" * 42 + " ", "x" * 42 + "+", "\u00e9" * 43]
)
def test_section_4_1_a_verifier_has_its_form(verifier: str) -> None:
    assert why(check_verifier, verifier, challenge_of(verifier)) == "verifier_malformed"


@pytest.mark.parametrize("length", [43, 128])
def test_section_4_1_a_verifier_has_43_to_128_signs(length: int) -> None:
    verifier = ("aZ0-._~" * 20)[:length]
    check_verifier(verifier, challenge_of(verifier))
