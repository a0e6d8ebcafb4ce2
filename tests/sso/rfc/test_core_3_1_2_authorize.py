"""OpenID Connect Core section 3.1.2: the authorization endpoint and what it asks of the person."""

from datetime import timedelta
from typing import Any

import pytest

from gapura.sso.protocol import authorize
from gapura.sso.protocol.records import Client
from gapura.sso.protocol.returning import Returned
from tests.sso.rfc.provider import (
    ISSUER,
    OTHER_PERSON,
    Provider,
    a_client,
    access_claims,
    members,
    old_ring,
    ring,
)

A_MINUTE, TWO_HOURS = timedelta(minutes=1), timedelta(hours=2)


def refusal(house: Provider, **more: Any) -> str:
    """The error code that the client is told."""
    with pytest.raises(Returned) as back:
        house.need(**more)
    told = members(back.value.answer(ISSUER))
    assert "code" not in told
    return told["error"]


def hint(**change: Any) -> str:
    claims = {"iss": ISSUER, "aud": "spse", "sub": "subject-of-sri", "iat": 1, "exp": 2}
    return ring().sign(claims | change, typ="JWT")


# --- 3.1.2.3: is the person signed in, and freshly enough? ----------------------------------------


@pytest.mark.parametrize(
    ("asked", "signed_in_ago", "need"),
    [
        ({}, TWO_HOURS, "nothing"),
        ({"max_age": "3600"}, TWO_HOURS, "sign_in"),
        ({"max_age": "3600"}, A_MINUTE, "nothing"),
        ({"max_age": "60"}, A_MINUTE, "nothing"),
        ({"max_age": "59"}, A_MINUTE, "sign_in"),
        ({"max_age": "0"}, A_MINUTE, "sign_in"),
        ({"prompt": "login"}, A_MINUTE, "sign_in"),
        ({"prompt": "select_account"}, A_MINUTE, "sign_in"),
        ({"prompt": "consent"}, A_MINUTE, "consent"),
        ({"prompt": "login consent"}, A_MINUTE, "sign_in"),
    ],
)
def test_3_1_2_1_age_and_prompt_decide_what_is_needed(
    asked: dict[str, Any], signed_in_ago: timedelta, need: str
) -> None:
    house = Provider.of()
    signed_in = house.signed_in(signed_in_at=house.now - signed_in_ago)
    assert house.need(signed_in=signed_in, **asked) == need


@pytest.mark.parametrize(
    ("asked", "need"),
    [
        ({"max_age": "0"}, "nothing"),
        ({"prompt": "login"}, "nothing"),
        ({"prompt": "select_account"}, "nothing"),
        ({"prompt": "login consent"}, "consent"),
    ],
)
def test_3_1_2_1_whoever_signed_in_for_the_request_is_not_asked_again(
    asked: dict[str, Any], need: str
) -> None:
    house = Provider.of()
    came = house.now - A_MINUTE
    signed_in = house.signed_in(signed_in_at=came + timedelta(seconds=30))
    assert house.need(signed_in=signed_in, asked_at=came, **asked) == need


def test_3_1_2_3_nobody_signed_in_has_to_sign_in() -> None:
    assert Provider.of().need(signed_in=None) == "sign_in"


def test_2_a_registered_default_max_age_counts_and_the_request_overrides_it() -> None:
    house = Provider.of(a_client(default_max_age=600))
    assert house.need() == "sign_in"
    assert house.need(max_age="7200") == "nothing"


@pytest.mark.parametrize("text", ["-1", "1.5", "x", "1e3", "٣", "9999999999", "0x10", " 1"])
def test_3_1_2_1_max_age_is_a_number_of_seconds(text: str) -> None:
    assert refusal(Provider.of(), max_age=text) == "invalid_request"


# --- 3.1.2.1: prompt ------------------------------------------------------------------------------


def test_3_1_2_1_prompt_none_never_shows_a_page_when_nothing_is_missing() -> None:
    assert Provider.of().need(prompt="none") == "nothing"


@pytest.mark.parametrize(
    ("fields", "how", "error"),
    [
        ({}, {"signed_in": None}, "login_required"),
        ({}, {"max_age": "60"}, "login_required"),
        ({"least_acr": 3}, {}, "login_required"),
        ({"asks_consent": True}, {}, "consent_required"),
    ],
)
def test_3_1_2_6_prompt_none_tells_what_is_missing(
    fields: dict[str, Any], how: dict[str, Any], error: str
) -> None:
    assert refusal(Provider.of(a_client(**fields)), prompt="none", **how) == error


@pytest.mark.parametrize(
    "prompt", ["none login", "consent none", "none select_account", "login none consent"]
)
def test_3_1_2_1_prompt_none_stands_alone(prompt: str) -> None:
    assert refusal(Provider.of(), prompt=prompt) == "invalid_request"


@pytest.mark.parametrize("prompt", ["NONE", "create", "login,consent", "x"])
def test_3_1_2_1_an_unknown_prompt_is_refused(prompt: str) -> None:
    assert refusal(Provider.of(), prompt=prompt) == "invalid_request"


# --- acr ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "level", "need"),
    [
        ("urn:gapura:acr:2", 1, "step_up"),
        ("urn:gapura:acr:2", 2, "nothing"),
        ("urn:gapura:acr:2", 3, "nothing"),
        ("urn:gapura:acr:3 urn:gapura:acr:2", 2, "nothing"),
        ("urn:gapura:acr:3 urn:gapura:acr:2", 1, "step_up"),
        ("urn:example:gold", 1, "nothing"),
        ("urn:example:gold urn:gapura:acr:3", 2, "step_up"),
    ],
)
def test_3_1_2_1_acr_values_lead_to_a_stronger_sign_in(values: str, level: int, need: str) -> None:
    house = Provider.of()
    assert house.need(signed_in=house.signed_in(acr=level), acr_values=values) == need


def test_5_5_1_1_acr_values_are_a_wish_that_prompt_none_leaves_unmet() -> None:
    house = Provider.of()
    weak = house.signed_in(acr=1)
    need = house.need(signed_in=weak, acr_values="urn:gapura:acr:2", prompt="none")
    assert need == "nothing"


def test_a_contract_may_need_a_level_whatever_is_asked() -> None:
    house = Provider.of(a_client(least_acr=2))
    weak = house.signed_in(acr=1)
    assert house.need(signed_in=weak, acr_values="urn:gapura:acr:1") == "step_up"


def test_3_1_2_6_a_person_who_cannot_sign_in_so_strongly_is_told_as_such() -> None:
    back = authorize.unmet(Provider.of(a_client(least_acr=3)).read())
    assert members(back.answer(ISSUER))["error"] == "unmet_authentication_requirements"


# --- hints ----------------------------------------------------------------------------------------


def test_3_1_2_1_login_hint_is_passed_on_and_bounded() -> None:
    house = Provider.of()
    assert house.read(login_hint="sri").login_hint == "sri"
    assert refusal(house, login_hint="x" * 201) == "invalid_request"


def test_3_1_2_1_an_id_token_hint_of_the_person_changes_nothing() -> None:
    assert Provider.of().need(id_token_hint=hint(), prompt="none") == "nothing"


@pytest.mark.parametrize("prompt", ["", "none", "consent"])
def test_3_1_2_1_an_id_token_hint_of_another_subject_is_login_required(prompt: str) -> None:
    other = hint(sub="somebody-else")
    assert refusal(Provider.of(), id_token_hint=other, prompt=prompt) == "login_required"


def test_5_5_1_a_hint_and_a_subject_by_name_must_be_one_person() -> None:
    wish = '{"id_token": {"sub": {"value": "%s"}}}'
    house = Provider.of()
    assert house.need(id_token_hint=hint(), claims=wish % "subject-of-sri") == "nothing"
    assert refusal(house, id_token_hint=hint(), claims=wish % "another") == "invalid_request"


def test_3_1_2_1_with_nobody_signed_in_a_hint_leads_to_the_sign_in() -> None:
    assert Provider.of().need(signed_in=None, id_token_hint=hint(sub="x")) == "sign_in"


def test_3_1_2_1_another_person_than_hinted_who_signs_in_is_told_as_login_required() -> None:
    house = Provider.of()
    came = house.now - A_MINUTE
    other = house.signed_in(person=OTHER_PERSON, subject="x", signed_in_at=house.now)
    code = refusal(house, signed_in=other, asked_at=came, prompt="login", id_token_hint=hint())
    assert code == "login_required"


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "e30.e30.",
        hint(iss="https://evil.example"),
        hint(aud="another-client"),
        hint(aud=["another-client"]),
        hint(sub=7),
        hint(sub=""),
        ring().sign({"iss": ISSUER, "aud": "spse", "sub": "x"}, typ="at+jwt"),
        ring().sign({"iss": ISSUER, "aud": "spse", "sub": "x"}, typ="logout+jwt"),
    ],
)
def test_3_1_2_1_what_is_no_id_token_of_this_client_is_no_hint(token: str) -> None:
    assert refusal(Provider.of(), id_token_hint=token) == "invalid_request"


def test_3_1_2_1_an_expired_id_token_is_still_a_hint() -> None:
    house = Provider.of()
    assert house.read(id_token_hint=hint(exp=2)).hinted == "subject-of-sri"


def test_a_hint_signed_by_a_key_that_is_long_gone_hints_nothing() -> None:
    claims = {"iss": ISSUER, "aud": "spse", "sub": "somebody-else"}
    token = old_ring().sign(claims, typ="JWT")
    assert Provider.of().read(id_token_hint=token).hinted == ""


# --- 3.1.2.4: consent -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remembered", "need"),
    [
        (None, "consent"),
        (frozenset(), "consent"),
        (frozenset({"openid"}), "consent"),
        (frozenset({"openid", "email"}), "nothing"),
        (frozenset({"openid", "email", "phone"}), "nothing"),
    ],
)
def test_3_1_2_4_consent_is_asked_for_what_was_not_allowed_before(
    remembered: frozenset[str] | None, need: str
) -> None:
    house = Provider.of(a_client(asks_consent=True))
    assert house.need(remembered, scope="openid email") == need


def test_3_1_2_4_a_claim_asked_by_name_is_consented_to_like_its_scope() -> None:
    house = Provider.of(a_client(asks_consent=True))
    wish = '{"userinfo": {"phone_number": null}}'
    assert house.need(frozenset({"openid"}), claims=wish) == "consent"
    assert house.need(frozenset({"openid", "phone"}), claims=wish) == "nothing"


def test_3_1_2_4_what_the_person_left_out_is_not_given() -> None:
    house = Provider.of(a_client(asks_consent=True))
    asked = house.read(scope="openid email", claims='{"userinfo": {"phone_number": null}}')
    house.allow(asked, frozenset({"openid"}))
    (given,) = house.authorizations.values()
    assert (given.scopes, given.claims) == (frozenset({"openid"}), {})


@pytest.mark.parametrize("allowed", [frozenset(), frozenset({"email"})])
def test_3_1_2_4_without_openid_there_is_no_sign_in(allowed: frozenset[str]) -> None:
    house = Provider.of()
    with pytest.raises(Returned) as back:
        house.allow(house.read(scope="openid email"), allowed)
    assert back.value.problem.error == "access_denied"


def test_nothing_that_was_not_asked_is_given_whatever_the_page_says() -> None:
    house = Provider.of()
    house.allow(house.read(scope="openid"), frozenset({"openid", "email", "catalog.write"}))
    (given,) = house.authorizations.values()
    assert given.scopes == {"openid"}


# --- 3.1.2.6 and 6: what is not supported ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("request", "request_not_supported"),
        ("request_uri", "request_uri_not_supported"),
        ("registration", "registration_not_supported"),
    ],
)
def test_3_1_2_6_what_is_not_supported_is_said_so(name: str, error: str) -> None:
    assert refusal(Provider.of(), **{name: "https://evil.example/x"}) == error


def test_an_unknown_parameter_is_ignored() -> None:
    assert Provider.of().need(display="popup", claims_locales="id", x="y") == "nothing"


@pytest.mark.parametrize("client", [a_client(), a_client(asks_consent=True)])
def test_a_nonce_is_bounded(client: Client) -> None:
    assert refusal(Provider.of(client), nonce="x" * 513) == "invalid_request"


def test_3_1_2_5_the_tokens_are_of_the_person_and_session_that_signed_in() -> None:
    house = Provider.of()
    claims = access_claims(house.tokens())
    (given,) = house.authorizations.values()
    assert (claims["sid"], claims["sub"]) == (given.sid, given.subject)
    assert given.session == house.signed_in().session
