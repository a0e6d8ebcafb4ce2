"""RFC 6749 2.3: how a client proves itself with a secret, and what is refused alike."""

from base64 import b64encode
from datetime import timedelta

import pytest

from gapura.sso.protocol.client_auth import Credentials, authenticate, presented
from gapura.sso.protocol.encoding import digest_of
from gapura.sso.protocol.parameters import form
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import AuthMethod, Client, Profile, Secret
from tests.sso.rfc.making import ISSUER, NOW, TOKEN_URL, client, why

SECRET = "gps_Zm9vYmFy"
ASSERTION = "client_assertion=a.e30.b&client_assertion_type="


def basic(name: str, secret: str) -> str:
    return "Basic " + b64encode(f"{name}:{secret}".encode()).decode()


def shown(header: str = "", body: str = "") -> Credentials:
    return presented(header, form(body.encode()))


def proven(one: Client | None, header: str = "", body: str = "") -> AuthMethod:
    proof = authenticate(
        one, shown(header, body), issuer=ISSUER, endpoint_urls=(TOKEN_URL,), now=NOW
    )
    assert proof.once is None
    return proof.method


def keeper(method: AuthMethod = AuthMethod.BASIC, **changes: object) -> Client:
    return client(auth_method=method, secrets=(Secret(digest_of(SECRET)),), **changes)


def test_section_2_3_1_the_example_is_read() -> None:
    found = shown("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3")
    assert found == Credentials(AuthMethod.BASIC, "s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw")


def test_section_2_3_1_both_parts_of_the_header_are_form_decoded() -> None:
    found = shown(basic("a%3Ab", "p+q%25%2B:r"))
    assert (found.client_id, found.secret) == ("a:b", "p q%+:r")


def test_section_2_3_1_a_secret_proves_the_client() -> None:
    assert proven(keeper(), basic("spse-42", SECRET)) is AuthMethod.BASIC
    body = f"client_id=spse-42&client_secret={SECRET}"
    assert proven(keeper(AuthMethod.POST), body=body) is AuthMethod.POST


def test_section_2_3_1_the_scheme_is_case_insensitive() -> None:
    header = basic("spse-42", SECRET).replace("Basic", "bASIC")
    assert proven(keeper(), header) is AuthMethod.BASIC


def test_section_2_1_a_public_client_only_names_itself() -> None:
    public = client(auth_method=AuthMethod.NONE)
    assert proven(public, body="client_id=spse-42") is AuthMethod.NONE


@pytest.mark.parametrize(
    "header",
    [
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic czZCaGRSa3F0Mw==",  # no colon
        "Basic c3BzZS00Mjo\ngps",
        "Basic /zo=",
        "Basic " + b64encode(b"spse-42:%ff").decode(),
        "Bearer abc",
        "DPoP abc",
        "Negotiate abc",
        basic("", SECRET),
        basic("x" * 201, SECRET),
        basic("spse%0A42", SECRET),
        basic("spse%0042", SECRET),
    ],
)
def test_section_5_2_a_header_that_cannot_be_read_is_answered_with_a_challenge(
    header: str,
) -> None:
    with pytest.raises(OAuthProblem) as caught:
        shown(header)
    assert (caught.value.error, caught.value.status) == ("invalid_client", 401)
    assert dict(caught.value.headers)["WWW-Authenticate"].startswith("Basic ")


def test_section_2_3_nobody_at_all_is_no_client() -> None:
    assert why(shown) == "no_client"
    assert why(shown, body="client_id=") == "no_client"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (basic("spse-42", SECRET), f"client_secret={SECRET}"),
        (basic("spse-42", SECRET), f"client_id=spse-42&client_secret={SECRET}"),
        (basic("spse-42", SECRET), ASSERTION),
        ("", f"client_id=spse-42&client_secret={SECRET}&{ASSERTION}"),
        (basic("spse-42", SECRET), "client_assertion_type=x"),
    ],
)
def test_section_2_3_two_ways_in_one_request_are_refused(header: str, body: str) -> None:
    """Else the one that was checked and the one that counts could be two."""
    with pytest.raises(OAuthProblem) as caught:
        shown(header, body)
    assert (caught.value.error, caught.value.status) == ("invalid_request", 400)
    assert caught.value.why == "two_methods"


def test_section_2_3_a_body_that_names_another_client_is_refused() -> None:
    assert why(shown, basic("spse-42", SECRET), "client_id=other") == "two_clients"
    assert shown(basic("spse-42", SECRET), "client_id=spse-42").client_id == "spse-42"


@pytest.mark.parametrize("registered", list(AuthMethod))
@pytest.mark.parametrize("used", [AuthMethod.NONE, AuthMethod.BASIC, AuthMethod.POST])
def test_a_client_uses_the_way_it_is_registered_with(
    registered: AuthMethod, used: AuthMethod
) -> None:
    """A confidential client must not pass as a public one by leaving its secret out."""
    credentials = Credentials(used, "spse-42", secret=SECRET)
    named = {"issuer": ISSUER, "endpoint_urls": (TOKEN_URL,), "now": NOW}
    one = keeper(registered)
    if registered is used:
        assert authenticate(one, credentials, **named).method is used  # type: ignore[arg-type]
    else:
        assert why(authenticate, one, credentials, **named) == "other_method"


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + " ", SECRET.lower(), "x" * 600, "\u00e9"])
@pytest.mark.parametrize("method", [AuthMethod.BASIC, AuthMethod.POST])
def test_a_wrong_secret_is_refused(method: AuthMethod, secret: str) -> None:
    credentials = Credentials(method, "spse-42", secret=secret)
    one = keeper(method)
    assert (
        why(authenticate, one, credentials, issuer=ISSUER, endpoint_urls=(), now=NOW)
        == "wrong_secret"
    )


def test_a_client_without_any_secret_has_no_empty_one() -> None:
    bare = client(auth_method=AuthMethod.BASIC)
    assert why(proven, bare, basic("spse-42", "")) == "wrong_secret"
    odd = client(auth_method=AuthMethod.BASIC, secrets=(Secret(digest_of("")),))
    assert why(proven, odd, basic("spse-42", "")) == "wrong_secret"


def test_two_secrets_overlap_until_the_older_one_ends() -> None:
    def one(ends: timedelta) -> Client:
        old = Secret(digest_of("old"), NOW + ends)
        return client(auth_method=AuthMethod.BASIC, secrets=(old, Secret(digest_of("new"))))

    assert proven(one(timedelta(seconds=1)), basic("spse-42", "old"))
    assert proven(one(timedelta(seconds=1)), basic("spse-42", "new"))
    assert why(proven, one(timedelta(0)), basic("spse-42", "old")) == "wrong_secret"
    assert proven(one(timedelta(0)), basic("spse-42", "new"))


def test_section_5_2_whoever_guesses_learns_nothing() -> None:
    """Unknown, suspended, wrong secret, wrong way: one answer, and the log knows better."""
    tries = {
        "unknown_client": (None, SECRET),
        "inactive_client": (keeper(active=False), SECRET),
        "other_method": (keeper(AuthMethod.POST), SECRET),
        "wrong_secret": (keeper(), "guess"),
    }
    answers = set()
    for said, (one, secret) in tries.items():
        with pytest.raises(OAuthProblem) as caught:
            proven(one, basic("spse-42", secret))
        problem = caught.value
        assert problem.why == said
        answers.add((problem.error, problem.description, problem.status, problem.headers))
    assert len(answers) == 1


def test_a_row_of_another_client_never_proves_anything() -> None:
    other = keeper(client_id="other")
    assert why(proven, other, basic("spse-42", SECRET)) == "unknown_client"


@pytest.mark.parametrize("method", [AuthMethod.NONE, AuthMethod.BASIC, AuthMethod.POST])
def test_fapi_2_0_5_3_2_1_a_strict_client_has_no_weaker_way_even_if_its_row_says_so(
    method: AuthMethod,
) -> None:
    one = keeper(method, profile=Profile.FAPI2)
    credentials = Credentials(method, "spse-42", secret=SECRET)
    assert (
        why(authenticate, one, credentials, issuer=ISSUER, endpoint_urls=(), now=NOW)
        == "weak_method"
    )


def test_a_secret_is_not_shown_by_accident() -> None:
    assert SECRET not in repr(shown(basic("spse-42", SECRET)))
    assert SECRET not in repr(form(f"client_secret={SECRET}".encode()))
