"""/console/clients: applications by form; each verb done, done twice, with wrong input, abroad."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.sso.models import Client, ClientSecret, InitialToken, LogoutDelivery
from gapura.sso.rules import Contract
from gapura.sso.services import make_initial_token
from tests.access import world
from tests.sso.registering import JWKS, REASON, platform, registered
from tests.sso.test_clients import picture
from tests.web.browser import Browser, text_of
from tests.web.people import signed_in

HERE = "/console/clients"
GIVEN: dict[str, Any] = {
    "client_name": "SPSE Kota Contoh",
    "agency": "T1",
    "contacts": "tim@contoh.go.id",
    "profile": "standard",
    "grant_types": ["authorization_code"],
    "token_endpoint_auth_method": "client_secret_basic",
    "redirect_uris": "https://spse.contoh.go.id/callback\nhttps://spse.contoh.go.id/lain",
    "scope": ["openid", "grants"],
    "roles": ["ppk"],
    "agencies": "T1, T2",
    "least_acr": "2",
    "asks_consent": "1",
    "id_token_signed_response_alg": "ES256",
}


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


@pytest.fixture
def admin() -> Browser:
    return signed_in("admin_platform")


def secret_in(page: Any) -> str:
    found = re.search(r"gps_\w{43}", page.content.decode())
    return found[0] if found else ""


def test_an_application_is_registered_and_its_secret_shown_this_once(admin: Browser) -> None:
    page = admin.submit(f"{HERE}/new", **GIVEN)
    row = Client.objects.get()
    assert secret_in(page)
    assert row.client_id in text_of(page)
    assert page["Cache-Control"] == "no-store"
    assert (row.agency, row.scopes, row.roles) == ("T1", ["grants", "openid"], ["ppk"])
    assert (row.agencies, row.least_acr) == (["T1", "T2"], 2)
    one = admin.get(f"{HERE}/{row.id}")
    assert "https://spse.contoh.go.id/lain" in text_of(one)
    assert secret_in(one) == ""
    assert "SPSE Kota Contoh" in text_of(admin.get(HERE))


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(admin: Browser) -> None:
    bad = {**GIVEN, "redirect_uris": "https://spse.contoh.go.id/*", "agency": "NONE"}
    page = admin.submit(f"{HERE}/new", **bad)
    said = text_of(page)
    assert page.status_code == 422
    assert "An address must not have a wildcard" in said
    assert "There is no agency with the code NONE" in said
    assert "https://spse.contoh.go.id/*" in page.content.decode()
    assert 'href="#f-redirect_uris"' in page.content.decode()
    assert not Client.objects.exists()


def test_the_strict_profile_says_what_to_change(admin: Browser) -> None:
    page = admin.submit(f"{HERE}/new", **{**GIVEN, "profile": "fapi2"})
    assert page.status_code == 422
    assert "The strict profile takes no secrets" in text_of(page)
    keys = {"token_endpoint_auth_method": "private_key_jwt", "jwks": json.dumps(JWKS)}
    answer = admin.submit(f"{HERE}/new", **{**GIVEN, **keys, "profile": "fapi2"})
    row = Client.objects.get()
    assert answer["Location"] == f"{HERE}/{row.id}", "there is no secret to show"
    assert (row.needs_par, row.needs_dpop) == (True, True)
    assert "app-1" in text_of(admin.get(f"{HERE}/{row.id}"))


def test_pkce_is_left_out_only_where_there_is_a_secret(admin: Browser) -> None:
    public = {**GIVEN, "no_pkce": "1", "token_endpoint_auth_method": "none"}
    page = admin.submit(f"{HERE}/new", **public)
    assert "cannot do without PKCE" in text_of(page)
    assert admin.submit(f"{HERE}/new", **{**GIVEN, "no_pkce": "1"}).status_code == 200
    assert not Client.objects.get().needs_pkce


@pytest.mark.parametrize(
    "jwks", ["{", "[]", '{"keys": []}', '{"keys": [{"kty": "oct", "k": "x"}]}']
)
def test_what_is_no_key_set_is_said(admin: Browser, jwks: str) -> None:
    method = {"token_endpoint_auth_method": "private_key_jwt", "jwks": jwks}
    page = admin.submit(f"{HERE}/new", **{**GIVEN, **method})
    assert page.status_code == 422
    assert "f-jwks-error" in page.content.decode()


def test_it_is_changed_and_the_same_again_is_said(admin: Browser) -> None:
    admin.submit(f"{HERE}/new", **GIVEN)
    address = f"{HERE}/{Client.objects.get().id}"
    form = admin.get(f"{address}/change").content.decode()
    assert "https://spse.contoh.go.id/lain</textarea>" in form
    changed = {**GIVEN, "client_name": "SPSE Baru"}
    assert admin.submit(f"{address}/change", **changed)["Location"] == address
    assert Client.objects.get().name == "SPSE Baru"
    again = admin.submit(f"{address}/change", **changed)
    assert again.status_code == 422
    assert "Nothing was changed" in text_of(again)
    wrong = admin.submit(f"{address}/change", **{**changed, "redirect_uris": ""})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [("suspend", "active", "suspended"), ("restore", "suspended", "active"),
     ("close", "active", "closed"), ("close", "suspended", "closed")],
)  # fmt: skip
def test_each_step_done_twice_and_with_a_poor_reason(
    admin: Browser, verb: str, before: str, after: str
) -> None:
    made = registered()
    Client.objects.update(state=before)
    address = f"{HERE}/{made.id}"
    poor = admin.submit(f"{address}/{verb}", page=address, **{f"{verb}-reason": "x"})
    assert poor.status_code == 422
    assert Client.objects.get().state == before
    done = admin.submit(f"{address}/{verb}", page=address, **{f"{verb}-reason": REASON})
    assert done["Location"] == address
    assert Client.objects.get().state == after
    twice = admin.submit(f"{address}/{verb}", page=address, **{f"{verb}-reason": REASON})
    assert twice.status_code == 409
    assert REASON in text_of(admin.get(address))


def test_a_secret_is_added_shown_once_and_the_old_one_ended(admin: Browser) -> None:
    made = registered()
    address = f"{HERE}/{made.id}"
    nothing = admin.submit(f"{address}/secrets/add", page=address)
    assert nothing.status_code == 422
    page = admin.submit(f"{address}/secrets/add", page=address, **{"secret-overlap_days": "7"})
    new = secret_in(page)
    assert new
    assert new != made.secret
    assert "The secret before works until" in text_of(page)
    third = admin.submit(f"{address}/secrets/add", page=address, **{"secret-overlap_days": "7"})
    assert "Two secrets of this application work already" in text_of(third)
    old = ClientSecret.objects.order_by("made_at")[0]
    ended = admin.submit(f"{address}/secrets/{old.id}/end", page=address)
    assert ended["Location"] == address
    assert admin.submit(f"{address}/secrets/{old.id}/end", page=address).status_code == 404
    assert text_of(admin.get(address)).count("End now") == 1


def test_a_logo_is_taken_through_the_gate_and_shown_as_pixels(admin: Browser) -> None:
    address = f"{HERE}/{registered().id}"
    assert admin.get(f"{address}/logo").status_code == 404
    bad = File("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")
    page = admin.submit(f"{address}/logo/take", page=address, **{"logo-picture": bad})
    assert page.status_code == 422
    good = File("logo.png", picture(100))
    answer = admin.submit(f"{address}/logo/take", page=address, **{"logo-picture": good})
    assert answer["Location"] == address
    shown = admin.get(f"{address}/logo")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/webp", "nosniff")


def message(made: Any, **more: Any) -> LogoutDelivery:
    now = clock.now()
    told = {"dead_at": now, "fault": "timeout", "tries": 8, "sid": "s", "subject": "x"}
    return LogoutDelivery.objects.create(
        client_id=made.id,
        person=uuid4(),
        session=uuid4(),
        why="signed_out",
        made_at=now - timedelta(hours=2),
        **told | more,
    )


def test_a_message_that_was_given_up_is_told_of_and_sent_again(admin: Browser) -> None:
    made = registered(backchannel_logout_uri="https://app.contoh.go.id/logout")
    lost, address = message(made), f"{HERE}/{made.id}"
    assert "1 message given up" in text_of(admin.get(HERE))
    said = text_of(admin.get(address))
    assert "no answer in time" in said
    assert "goes on believing" in said
    done = admin.submit(f"{address}/logouts/{lost.id}/retry", page=address)
    assert done["Location"] == address
    lost.refresh_from_db()
    assert (lost.dead_at, lost.tries) == (None, 0)
    admin.submit(f"{address}/logouts/{lost.id}/retry", page=address)
    assert "was not given up" in text_of(admin.get(address))


def test_a_message_of_another_application_is_not_there(admin: Browser) -> None:
    made, other = registered(), registered(client_name="Lain")
    lost = message(other)
    address = f"{HERE}/{made.id}"
    answer = admin.submit(f"{address}/logouts/{lost.id}/retry", page=address)
    assert answer.status_code == 404


def test_registration_tokens_are_made_shown_once_and_revoked(admin: Browser) -> None:
    tokens = f"{HERE}/tokens"
    given = {"name": "Vendor SPSE", "agency": "T1", "days": "30", "most": "2"}
    for wrong in ({"days": "0"}, {"days": "900"}, {"most": "0"}, {"name": ""}, {"agency": "NO"}):
        assert admin.submit(tokens, **{**given, **wrong}).status_code == 422
    page = admin.submit(tokens, **given)
    assert re.search(r"gpi_\w{43}", page.content.decode())
    row = InitialToken.objects.get()
    assert (row.agency, row.most) == ("T1", 2)
    assert "gpi_" + "x" not in admin.get(tokens).content.decode()
    poor = admin.submit(f"{tokens}/{row.id}/revoke", page=tokens, reason="x")
    assert poor.status_code == 422
    done = admin.submit(f"{tokens}/{row.id}/revoke", page=tokens, reason=REASON)
    assert done["Location"] == tokens
    twice = admin.submit(f"{tokens}/{row.id}/revoke", page=tokens, reason=REASON)
    assert twice.status_code == 404
    assert "Revoked" in text_of(admin.get(tokens))


VERBS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("change", GIVEN),
    ("suspend", {"suspend-reason": REASON}),
    ("restore", {"restore-reason": REASON}),
    ("close", {"close-reason": REASON}),
    ("secrets/add", {"secret-overlap_days": "7"}),
    ("keys/fetch", {}),
    ("logo/take", {}),
)


@pytest.mark.parametrize(("verb", "body"), VERBS, ids=[verb for verb, _ in VERBS])
def test_without_a_form_token_nothing_happens(
    admin: Browser, verb: str, body: dict[str, Any]
) -> None:
    made = registered()
    answer = admin.post(f"{HERE}/{made.id}/{verb}", body)
    assert answer.status_code == 403
    assert Client.objects.get().state == "active"
    assert ClientSecret.objects.count() == 1
    assert not LogEvent.objects.filter(name="sso.client.changed").exists()


@pytest.mark.parametrize(("verb", "body"), VERBS, ids=[verb for verb, _ in VERBS])
def test_to_another_agency_the_application_is_not_there(verb: str, body: dict[str, Any]) -> None:
    made = registered(contract=Contract(agency="T1"))
    foreign = signed_in("admin_instansi", "T2")
    assert foreign.get(f"{HERE}/{made.id}").status_code == 404
    assert foreign.get(f"{HERE}/{made.id}/logo").status_code == 404
    answer = foreign.submit(f"{HERE}/{made.id}/{verb}", page=HERE, **body)
    assert answer.status_code == 404
    assert "Aplikasi Contoh" not in text_of(foreign.get(HERE))


def test_an_agencys_administrator_sees_it_and_changes_its_secrets_only() -> None:
    made = registered(contract=Contract(agency="T1"))
    own, address = signed_in("admin_instansi", "T1"), f"{HERE}/{made.id}"
    said = text_of(own.get(address))
    assert "Make a new secret" in said
    assert "Suspend the application" not in said
    assert "Change the registration" not in said
    page = own.submit(f"{address}/secrets/add", page=address, **{"secret-overlap_days": "0"})
    assert secret_in(page)
    refused = own.submit(f"{address}/suspend", page=address, **{"suspend-reason": REASON})
    assert refused.status_code == 403
    for path in ("new", "tokens"):
        assert own.get(f"{HERE}/{path}").status_code == 404


@pytest.mark.parametrize("role", ["ppk", "apip", "verifikator", "helpdesk"])
def test_others_find_nothing(role: str) -> None:
    made, here = registered(contract=Contract(agency="T1")), signed_in(role)
    for path in (HERE, f"{HERE}/new", f"{HERE}/tokens", f"{HERE}/{made.id}"):
        assert here.get(path).status_code == 404, path


def test_the_pages_stay_within_their_statements(admin: Browser) -> None:
    made = registered(contract=Contract(agency="T1"))
    admin.get(HERE)
    for number in range(45):
        registered(client_name=f"Aplikasi {number}", contract=Contract(agency="T2"))
    with CaptureQueriesContext(connection) as many:
        assert admin.get(HERE).status_code == 200
    assert len(many) <= 8, [query["sql"][:90] for query in many]
    with CaptureQueriesContext(connection) as one:
        admin.get(f"{HERE}/{made.id}")
    assert len(one) <= 10, [query["sql"][:90] for query in one]
    assert "Aplikasi Contoh" in text_of(admin.get(f"{HERE}?page=2"))


def test_both_languages_say_it(admin: Browser) -> None:
    make_initial_token(actor=platform(), name="Uji", days=3)
    made = registered()
    for language in ("id", "en"):
        admin.cookies["lang"] = language
        for path in (HERE, f"{HERE}/new", f"{HERE}/tokens", f"{HERE}/{made.id}"):
            assert admin.get(path).status_code == 200
