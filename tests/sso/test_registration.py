"""Dynamic registration: RFC 7591 and RFC 7592 clause by clause, and what attackers would try."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from gapura.api.doors.oauth import register as door
from gapura.api.doors.oauth.register import Wanted, answer
from gapura.api.doors.oauth.wire import Reply
from gapura.audit.models import LogEvent
from gapura.config.doors import below, doors
from gapura.kernel import clock
from gapura.sso.models import Client, InitialToken
from gapura.sso.protocol.encoding import digest_of
from gapura.sso.services import (
    make_initial_token,
    revoke_initial_token,
    sectors,
    suspend_client,
)
from gapura.sso.services.registration import REFUSALS, REGISTRATIONS
from tests import asgi
from tests.access import world
from tests.sso.registering import CALLBACK, JWKS, REASON, platform

MINE: dict[str, Any] = {"redirect_uris": [CALLBACK], "client_name": "Aplikasi Sendiri"}
NEW = Wanted("POST", "203.0.113.9", "test", "", "", MINE)


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def ticket(**more: Any) -> str:
    given: dict[str, Any] = {"name": "Vendor", "days": 30, "most": 5, "agency": "T1"} | more
    return make_initial_token(actor=platform(), **given).token


def post(token: str = "", **body: Any) -> Reply:
    return answer(replace(NEW, token=token or ticket(), body=MINE | body))


def told(reply: Reply, status: int = 201) -> dict[str, Any]:
    assert isinstance(reply.body, dict)
    assert reply.status == status, reply.body
    return dict(reply.body)


def at(made: dict[str, Any], method: str = "GET", **more: Any) -> Wanted:
    token = made["registration_access_token"]
    return replace(NEW, method=method, token=token, client_id=made["client_id"], **more)


def test_rfc7591_3_2_1_the_answer_has_id_secret_and_all_that_is_registered() -> None:
    made = told(post())
    row = Client.objects.get()
    assert made["client_id"] == row.client_id
    assert made["client_secret"].startswith("gps_")
    assert made["client_secret_expires_at"] == 0
    assert abs(made["client_id_issued_at"] - clock.now().timestamp()) < 60
    assert made["redirect_uris"] == [CALLBACK]
    assert made["client_name"] == "Aplikasi Sendiri"


def test_rfc7591_2_defaults_are_those_of_the_standard() -> None:
    made = told(post())
    assert made["grant_types"] == ["authorization_code"]
    assert made["response_types"] == ["code"]
    assert made["token_endpoint_auth_method"] == "client_secret_basic"
    assert made["application_type"] == "web"


def test_openid_registration_2_id_tokens_are_signed_with_rs256_by_default() -> None:
    assert told(post())["id_token_signed_response_alg"] == "RS256"
    assert told(post(id_token_signed_response_alg="ES256"))[
        "id_token_signed_response_alg"
    ] == "ES256"  # fmt: skip


def test_rfc7591_2_without_a_name_people_are_shown_the_client_id() -> None:
    made = told(answer(replace(NEW, token=ticket(), body={"redirect_uris": [CALLBACK]})))
    assert Client.objects.get().name == made["client_id"]


def test_rfc7591_2_unknown_members_are_ignored() -> None:
    made = told(post(favorite_color="blue", agency="T2", least_acr=1, state="active", id="x"))
    assert "favorite_color" not in made
    assert Client.objects.get().agency == "T1", "no member reaches the contract"


def test_rfc7591_3_an_initial_access_token_is_needed() -> None:
    for token in ("none", "gpi_" + "x" * 43):
        reply = post(token)
        assert (reply.status, told(reply, 401)["error"]) == (401, "invalid_token")
        assert dict(reply.headers)["WWW-Authenticate"].startswith("Bearer")
    assert answer(NEW).status == 401
    assert not Client.objects.exists()


def test_an_initial_token_works_so_often_so_long_and_until_it_is_revoked() -> None:
    token = ticket(most=2)
    told(post(token))
    told(post(token))
    assert post(token).status == 401
    assert InitialToken.objects.get().used == 2
    late = ticket(days=1)
    with clock.frozen(clock.now() + timedelta(days=1, seconds=1)):
        assert post(late).status == 401
    revoked = ticket()
    row = InitialToken.objects.get(digest=digest_of(revoked))
    revoke_initial_token(actor=platform(), token=row.id, reason=REASON)
    assert post(revoked).status == 401


def test_what_registers_belongs_to_the_tokens_agency_and_is_told_of_in_the_log() -> None:
    told(post())
    row = Client.objects.get()
    assert (row.agency, row.way, row.sandbox) == ("T1", "dynamic", False)
    assert row.initial_token is not None
    assert LogEvent.objects.get(name="sso.client.registered").facts["way"] == "dynamic"
    assert LogEvent.objects.get(name="sso.initial_token.used").facts["client_id"] == row.client_id


def test_it_may_ask_for_name_and_address_only_until_the_platform_agrees_to_more() -> None:
    made = told(post())
    assert set(made["scope"].split()) == {"openid", "profile", "email", "offline_access"}
    refused = told(post(scope="openid grants"), 400)
    assert refused["error"] == "invalid_client_metadata"
    assert "grants" in told(post(ticket(sandbox=True), scope="openid grants"))["scope"]


@pytest.mark.parametrize(
    ("member", "value", "error"),
    [
        ("redirect_uris", [], "invalid_redirect_uri"),
        ("redirect_uris", ["https://app.contoh.go.id/*"], "invalid_redirect_uri"),
        ("redirect_uris", ["https://app.contoh.go.id/#x"], "invalid_redirect_uri"),
        ("redirect_uris", ["javascript:alert(1)"], "invalid_redirect_uri"),
        ("redirect_uris", "https://app.contoh.go.id/", "invalid_redirect_uri"),
        ("grant_types", ["password"], "invalid_client_metadata"),
        ("grant_types", ["implicit"], "invalid_client_metadata"),
        ("response_types", ["token"], "invalid_client_metadata"),
        ("token_endpoint_auth_method", "client_secret_jwt", "invalid_client_metadata"),
        ("token_endpoint_auth_method", "private_key_jwt", "invalid_client_metadata"),
        ("id_token_signed_response_alg", "none", "invalid_client_metadata"),
        ("id_token_signed_response_alg", "HS256", "invalid_client_metadata"),
        ("jwks", {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}, "invalid_client_metadata"),
        ("contacts", ["a@b.id\nBcc: all@b.id"], "invalid_client_metadata"),
        ("client_name", "Bank\u202eidnoc", "invalid_client_metadata"),
        ("backchannel_logout_uri", "https://10.0.0.1/", "invalid_client_metadata"),
        ("backchannel_logout_uri", "https://[::1]/", "invalid_client_metadata"),
    ],
)
def test_rfc7591_3_2_2_what_is_wrong_has_its_error_and_a_sentence(
    settings: Settings, member: str, value: object, error: str
) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = False
    given: dict[str, Any] = {member: value}
    refused = told(post(**given), 400)
    assert refused["error"] == error
    assert refused["error_description"].isascii()
    assert '"' not in refused["error_description"]
    assert not Client.objects.exists()
    assert InitialToken.objects.get().used == 0, "a refused one is not counted"


@pytest.mark.parametrize("inside", ["https://10.0.0.1/keys", "https://169.254.169.254/keys"])
def test_an_address_of_keys_that_leads_inside_is_not_asked(settings: Settings, inside: str) -> None:
    """SSRF (CWE-918) by way of `jwks_uri`."""
    settings.WEBHOOKS_TO_LOOPBACK = False
    reply = post(token_endpoint_auth_method="private_key_jwt", jwks_uri=inside)
    assert told(reply, 400)["error"] == "invalid_client_metadata"


def test_a_logo_of_another_server_is_not_kept() -> None:
    """RFC 7591 2 lets us: fetched by each person's browser it would tell who signs in."""
    assert "logo_uri" not in told(post(logo_uri="https://app.contoh.go.id/logo.png"))


def test_openid_core_8_1_a_sector_is_believed_only_when_it_lists_the_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else one application would learn the numbers by which another one knows people."""
    address, listed = "https://sector.contoh.go.id/list", ["https://other.contoh.go.id/callback"]
    monkeypatch.setattr(sectors, "fetch_json", lambda _url: json.dumps(listed).encode())
    refused = told(post(sector_identifier_uri=address), 400)
    assert "sector_identifier_uri" in refused["error_description"]
    listed.append(CALLBACK)
    told(post(sector_identifier_uri=address))
    assert Client.objects.get().sector == "sector.contoh.go.id"
    monkeypatch.setattr(sectors, "fetch_json", lambda _url: b'{"not": "a list"}')
    told(post(sector_identifier_uri=address), 400)


def test_rfc7591_2_keys_are_registered_in_place_of_a_secret() -> None:
    made = told(post(token_endpoint_auth_method="private_key_jwt", jwks=JWKS))
    assert "client_secret" not in made
    assert made["jwks"]["keys"][0]["kid"] == "app-1"


def test_rfc7592_3_the_answer_names_the_address_and_token_of_management(
    settings: Settings,
) -> None:
    made = told(post())
    assert made["registration_client_uri"] == (
        f"{settings.PUBLIC_URL}/oauth2/register/{made['client_id']}"
    )
    row = Client.objects.get()
    assert bytes(row.registration or b"") == digest_of(made["registration_access_token"])


def test_rfc7592_2_1_reading_tells_what_is_registered_and_no_secret() -> None:
    made = told(post())
    read = told(answer(at(made)), 200)
    assert read["redirect_uris"] == [CALLBACK]
    assert read["registration_access_token"] == made["registration_access_token"]
    assert "client_secret" not in read, "only its hash is kept"


def test_rfc7592_2_2_an_update_replaces_all_and_omitted_members_fall_back() -> None:
    made = told(post(client_uri="https://app.contoh.go.id/", contacts=["a@contoh.go.id"]))
    body = {"client_id": made["client_id"], "redirect_uris": [CALLBACK + "2"],
            "client_name": "Nama Baru"}  # fmt: skip
    new = told(answer(at(made, "PUT", body=body)), 200)
    assert new["redirect_uris"] == [CALLBACK + "2"]
    assert new["contacts"] == []
    assert "client_uri" not in new
    assert Client.objects.get().name == "Nama Baru"
    assert LogEvent.objects.filter(name="sso.client.changed").count() == 1
    told(answer(at(made, "PUT", body=body)), 200)
    assert LogEvent.objects.filter(name="sso.client.changed").count() == 1, "nothing changed"


@pytest.mark.parametrize(
    "more",
    [
        {"client_id": "other"},
        {"client_id": None},
        {"registration_access_token": "x"},
        {"registration_client_uri": "https://x"},
        {"client_secret_expires_at": 0},
        {"client_id_issued_at": 1},
        {"client_secret": "chosen-by-the-client"},
        {"redirect_uris": ["http://evil.example/"]},
    ],
)
def test_rfc7592_2_2_an_update_must_not_say_what_is_ours(more: dict[str, Any]) -> None:
    made = told(post())
    body = {"client_id": made["client_id"], **MINE} | more
    body = {name: value for name, value in body.items() if value is not None}
    reply = answer(at(made, "PUT", body=body))
    assert reply.status == 400
    assert told(reply, 400)["error"].startswith("invalid_")
    assert Client.objects.get().redirect_uris == [CALLBACK]


def test_rfc7592_2_2_its_own_secret_may_stand_in_an_update() -> None:
    made = told(post())
    body = {"client_id": made["client_id"], "client_secret": made["client_secret"], **MINE}
    told(answer(at(made, "PUT", body=body)), 200)


def test_an_update_keeps_what_was_agreed_beyond_it() -> None:
    """Mass assignment: what the platform set is not the application's to change."""
    made = told(post())
    Client.objects.update(least_acr=3, roles=["ppk"], scopes=["grants", "openid"])
    body = {"client_id": made["client_id"], **MINE, "scope": "openid grants", "least_acr": 1}
    told(answer(at(made, "PUT", body=body)), 200)
    row = Client.objects.get()
    assert (row.least_acr, row.roles, row.scopes) == (3, ["ppk"], ["grants", "openid"])
    body["scope"] = "openid phone"
    told(answer(at(made, "PUT", body=body)), 400)


def test_an_update_takes_back_nothing_that_makes_it_stricter() -> None:
    """Downgrade: PAR and DPoP may have been demanded by the platform."""
    made = told(post())
    Client.objects.update(needs_par=True, needs_dpop=True)
    body = {"client_id": made["client_id"], **MINE, "client_name": "Nama Baru"}
    new = told(answer(at(made, "PUT", body=body)), 200)
    assert new["require_pushed_authorization_requests"]
    assert new["dpop_bound_access_tokens"]


def test_rfc7592_2_3_deleting_closes_it_and_its_token_works_no_more() -> None:
    made = told(post())
    assert answer(at(made, "DELETE")).status == 204
    assert Client.objects.get().state == "closed"
    for method in ("GET", "DELETE"):
        assert answer(at(made, method)).status == 401


def test_rfc7592_2_1_wrong_tokens_and_unknown_clients_look_the_same() -> None:
    one, other = told(post()), told(post())
    foreign = replace(at(one), client_id=other["client_id"])
    unknown = replace(at(one), client_id="nothing")
    none = replace(at(one), token="")
    replies = [answer(wanted) for wanted in (foreign, unknown, none)]
    assert {reply.status for reply in replies} == {401}
    assert len({json.dumps(reply.body) for reply in replies}) == 1


def test_a_suspended_application_does_not_manage_itself() -> None:
    made = told(post())
    suspend_client(actor=platform(), client=Client.objects.get().id, reason=REASON)
    assert answer(at(made)).status == 401
    assert answer(at(made, "DELETE")).status == 401
    assert Client.objects.get().state == "suspended"


def test_guessing_tokens_is_counted_by_address() -> None:
    token = ticket()
    for _ in range(REFUSALS.count):
        assert post("guess").status == 401
    reply = post(token)
    assert reply.status == 429
    assert int(dict(reply.headers)["Retry-After"]) > 0
    elsewhere = replace(NEW, token=token, address="198.51.100.7")
    assert answer(elsewhere).status == 201


def test_registrations_of_one_token_are_counted() -> None:
    token = ticket(most=50)
    for _ in range(REGISTRATIONS.count):
        assert post(token).status == 201
    assert post(token).status == 429


HEADERS = (("Content-Type", "application/json"), ("Authorization", "Bearer none"))


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("GET", door.BASE, HEADERS, b"", 405),
        ("POST", f"{door.BASE}/x", HEADERS, b"{}", 405),
        ("POST", door.BASE, (), b"{}", 415),
        ("POST", door.BASE, HEADERS, b"{", 400),
        ("POST", door.BASE, HEADERS, b"[]", 400),
        ("POST", door.BASE, HEADERS, b'{"client_name":"a","client_name":"b"}', 400),
        ("POST", door.BASE, HEADERS, b'{"default_max_age":NaN}', 400),
        ("POST", door.BASE, HEADERS, b"[" * 60000, 400),
        ("POST", door.BASE, HEADERS, b'{"x":"' + b"x" * 200_000 + b'"}', 413),
    ],
)
def test_bodies_are_bounded_and_mean_one_thing(
    method: str, path: str, headers: Any, body: bytes, status: int
) -> None:
    serve = door.register if path == door.BASE else door.manage
    reply = asgi.answer(serve, asgi.scope(method, path, headers=headers), body)
    assert reply.status == status
    if status != 405:
        assert json.loads(reply.body)["error"] == "invalid_client_metadata"
        assert reply.headers["cache-control"] == "no-store"


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    bearer = ("Authorization", f"Bearer {ticket()}")
    serve = doors(dict)[door.BASE]
    asked = asgi.scope("POST", door.BASE, headers=(HEADERS[0], bearer))
    reply = asgi.answer(serve, asked, json.dumps(MINE).encode())
    made = json.loads(reply.body)
    assert reply.status == 201
    assert reply.headers["cache-control"] == "no-store"
    path = f"{door.BASE}/{made['client_id']}"
    managing = ("Authorization", f"Bearer {made['registration_access_token']}")
    manage = below(path)
    assert manage is not None
    read = asgi.answer(manage, asgi.scope("GET", path, headers=(managing,)))
    assert json.loads(read.body)["client_id"] == made["client_id"]
    gone = asgi.answer(manage, asgi.scope("DELETE", path, headers=(managing,)))
    assert (gone.status, gone.body) == (204, b"")
    denied = asgi.answer(manage, asgi.scope("GET", path, headers=(managing,)))
    assert denied.status == 401
    assert denied.headers["www-authenticate"].startswith("Bearer")
