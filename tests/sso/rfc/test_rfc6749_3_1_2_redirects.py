"""RFC 6749 3.1.2, RFC 8252 and RFC 9700 4.1: where a browser is sent back to."""

import pytest

from gapura.sso.protocol.redirects import Terms, allowed, origin_of, unfit, with_parameters

WEB, NATIVE = Terms(), Terms(native=True)
SANDBOX, STRICT = Terms(loopback=True), Terms(native=True, loopback=True, https_only=True)
CALLBACK = "https://spse.example/oidc/callback"
LOOPBACK = "http://127.0.0.1/cb"


@pytest.mark.parametrize(
    "uri",
    [
        CALLBACK,
        "https://spse.example",
        "https://spse.example:8443/cb?tenant=42&x=",
        "https://xn--bcher-kva.example/a%20b",
        "https://192.0.2.1/cb",
    ],
)
def test_section_3_1_2_an_https_address_may_be_registered(uri: str) -> None:
    assert [unfit(uri, terms) for terms in (WEB, NATIVE, SANDBOX, STRICT)] == [""] * 4


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("https://spse.example/cb#", "fragment"),
        ("https://spse.example/cb#x", "fragment"),
        ("https://*.example/cb", "wildcard"),
        ("https://spse.example/*", "wildcard"),
        ("https://user@spse.example/cb", "userinfo"),
        ("https://spse.example:443@evil.example/cb", "userinfo"),
        ("https://spse.example/a/../b", "dots"),
        ("https://spse.example/a/.", "dots"),
        ("https://spse.example/a%2fb", "dots"),
        ("https://spse.example/%2E%2e/b", "dots"),
        ("https://SPSE.example/cb", "host"),
        ("https://spse.example:/cb", "host"),
        ("https://spse.example./cb", "host"),
        ("https:///cb", "host"),
        ("https://-/cb", "host"),
        ("https://spse.example:99999/cb", "malformed"),
        ("https://[::1/cb", "malformed"),
        ("https://spse.example/ cb", "malformed"),
        ("https://spse.example\\@evil.example/", "malformed"),
        ("https://spse.example/\ncb", "malformed"),
        ("https://sp\u0455e.example/cb", "malformed"),
        ("/cb", "malformed"),
        ("", "malformed"),
        ("https://spse.example/" + "x" * 2000, "malformed"),
        ("http://spse.example/cb", "http"),
        ("http://10.0.0.1/cb", "http"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("HTTPS://spse.example/cb", "scheme"),
        ("urn:ietf:wg:oauth:2.0:oob", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://spse.example/", "scheme"),
    ],
)
def test_section_3_1_2_1_what_could_lead_elsewhere_is_never_registered(uri: str, said: str) -> None:
    for terms in (WEB, NATIVE, SANDBOX, STRICT):
        assert unfit(uri, terms) == said


@pytest.mark.parametrize("uri", [LOOPBACK, "http://[::1]:9000/cb", "http://localhost:3000/cb"])
def test_rfc8252_7_3_plain_http_reaches_this_machine_alone(uri: str) -> None:
    assert unfit(uri, NATIVE) == unfit(uri, SANDBOX) == ""
    assert unfit(uri, WEB) == "http"


def test_fapi_2_0_5_3_2_2_a_strict_client_has_https_alone() -> None:
    assert unfit(LOOPBACK, STRICT) == "http"
    assert unfit("id.go.example.app:/cb", STRICT) == "scheme"


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("id.go.example.app:/cb", ""),
        ("com.example-x.app:/", ""),
        ("id.go.example.app://cb", "scheme"),
        ("id.go.example.app:cb", "scheme"),
        ("myapp:/cb", "scheme"),
        ("ID.go.example:/cb", "scheme"),
        ("1.example:/cb", "scheme"),
    ],
)
def test_rfc8252_7_1_a_scheme_of_ones_own_is_a_reversed_domain(uri: str, said: str) -> None:
    assert unfit(uri, NATIVE) == said
    assert unfit(uri, WEB) == "scheme"


# D22: the spellings with which open redirectors are found.
NEAR = (
    "https://spse.example/oidc/callback/",
    "https://spse.example/oidc/callback?x=1",
    "https://spse.example/oidc/callback?",
    "https://spse.example/oidc/callback#",
    "https://spse.example/oidc/callback/../x",
    "https://spse.example/oidc/Callback",
    "https://spse.example/oidc",
    "https://spse.example/oidc/callbackx",
    "https://spse.example:443/oidc/callback",
    "https://SPSE.example/oidc/callback",
    "https://spse.example.evil.example/oidc/callback",
    "https://evil.example/oidc/callback",
    "https://spse.example@evil.example/oidc/callback",
    "http://spse.example/oidc/callback",
    "https://spse.example/%6fidc/callback",
    "https://spse.example//oidc/callback",
    " https://spse.example/oidc/callback",
    "https://spse.example/oidc/callback ",
    "https://spse.example/oidc/callback\0",
    "",
)


@pytest.mark.parametrize("asked", NEAR)
@pytest.mark.parametrize("native", [False, True])
def test_rfc9700_4_1_3_nearly_the_same_is_not_the_same(asked: str, native: bool) -> None:
    assert allowed(CALLBACK, [CALLBACK], native=native)
    assert not allowed(asked, [CALLBACK], native=native)


@pytest.mark.parametrize("port", ["", ":1", ":51004", ":65535"])
def test_rfc8252_7_3_a_native_client_chooses_its_loopback_port(port: str) -> None:
    for registered in (LOOPBACK, "http://127.0.0.1:8888/cb"):
        assert allowed(f"http://127.0.0.1{port}/cb", [registered], native=True)
    assert allowed(f"http://[::1]{port}/cb?a=b", ["http://[::1]/cb?a=b"], native=True)


@pytest.mark.parametrize(
    "asked",
    [
        "http://127.0.0.1:51004/other",
        "http://127.0.0.1:51004/cb?x=1",
        "http://127.0.0.1:51004/cb#x",
        "http://127.0.0.1:0/cb",
        "http://127.0.0.1:65536/cb",
        "http://127.0.0.1:/cb",
        "http://127.0.0.1:80:80/cb",
        "http://127.0.0.1:80@evil.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://127.0.0.2:51004/cb",
        "http://[::1]:51004/cb",
        "http://localhost:51004/cb",
        "https://127.0.0.1:51004/cb",
        "http://127.0.0.1:51004\\@evil.example/cb",
        "http://127.0.0.1:51004/cb\n",
    ],
)
def test_rfc8252_7_3_nothing_but_the_port_may_differ(asked: str) -> None:
    assert not allowed(asked, [LOOPBACK], native=True)


def test_rfc8252_7_3_a_web_client_has_no_free_port() -> None:
    assert not allowed("http://127.0.0.1:51004/cb", [LOOPBACK], native=False)
    assert not allowed("https://spse.example:8443/cb", ["https://spse.example/cb"], native=True)


def test_rfc8252_8_3_localhost_is_a_name_and_keeps_its_port() -> None:
    assert not allowed("http://localhost:2/cb", ["http://localhost:1/cb"], native=True)


@pytest.mark.parametrize(
    ("uri", "origin"),
    [
        (CALLBACK, "https://spse.example"),
        ("https://spse.example:8443/cb?x=1", "https://spse.example:8443"),
        ("http://[::1]:9000/cb", "http://[::1]:9000"),
        ("id.go.example.app:/cb", "id.go.example.app:"),
    ],
)
def test_the_consent_page_lets_its_form_go_to_the_clients_origin(uri: str, origin: str) -> None:
    assert origin_of(uri) == origin


@pytest.mark.parametrize(
    ("uri", "whole"),
    [
        ("https://a.example/cb", "https://a.example/cb?code=x+%2B%26&state=%C3%A9"),
        ("https://a.example/cb?t=1", "https://a.example/cb?t=1&code=x+%2B%26&state=%C3%A9"),
        ("https://a.example/cb?", "https://a.example/cb?code=x+%2B%26&state=%C3%A9"),
        ("app.x:/cb", "app.x:/cb?code=x+%2B%26&state=%C3%A9"),
    ],
)
def test_section_4_1_2_the_query_of_the_address_is_kept(uri: str, whole: str) -> None:
    assert with_parameters(uri, [("code", "x +&"), ("state", "\u00e9")]) == whole
    assert with_parameters(uri, []) == uri
