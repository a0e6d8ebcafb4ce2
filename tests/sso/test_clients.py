"""Applications: registered under one set of rules, changed, suspended, closed; who may what."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from PIL import Image
from pytest_django import Settings

from gapura.audit.models import LogEvent
from gapura.documents.errors import FileRefused
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.sso.errors import (
    BadReason,
    ClientClosed,
    KeysPaused,
    NoSuchClient,
    NothingChanged,
)
from gapura.sso.models import Client, ClientKeys
from gapura.sso.protocol.records import Profile
from gapura.sso.queries import client_for, clients_for, logo_of
from gapura.sso.rules import Contract, contract_of, metadata_of
from gapura.sso.services import (
    change_client,
    close_client,
    register_client,
    restore_client,
    set_logo,
    suspend_client,
)
from gapura.sso.services.client_keys import refresh_due_keys, refresh_keys
from tests.access import world
from tests.sso.registering import (
    CALLBACK,
    JWKS,
    REASON,
    keeper,
    metadata,
    platform,
    publishing,
    registered,
    row_of,
    strict,
)

FAPI2 = Contract(profile=Profile.FAPI2)


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def wrong(contract: Contract | None = None, **more: Any) -> dict[str, Any]:
    """What is said at each field of a registration that is refused."""
    with pytest.raises(FieldProblems) as refused:
        register_client(actor=platform(), metadata=metadata(**more), contract=contract)
    return dict(refused.value.fields)


def told_of(name: str) -> LogEvent:
    return LogEvent.objects.get(name=name)


def test_a_registration_has_its_contract_and_a_secret_that_is_told_once() -> None:
    contract = Contract(
        agency="t1",
        roles=("ppk",),
        agencies=("T1",),
        letter_number=" B-12/2026 ",
        letter_date=clock.today(),
        least_acr=2,
    )
    made = registered(contract=contract, contacts=["tim@contoh.go.id"])
    row = row_of(made)
    assert made.secret.startswith("gps_")
    assert made.secret not in str(list(LogEvent.objects.values()))
    assert (row.agency, row.letter_number, row.least_acr) == ("T1", "B-12/2026", 2)
    assert (row.id_token_alg, row.needs_pkce, row.pairwise) == ("ES256", True, True)
    assert row.sector == "app.contoh.go.id"
    assert contract_of(row).roles == ("ppk",)
    event = told_of("sso.client.registered")
    assert (event.facts["way"], event.agency) == ("form", "T1")


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("http://app.contoh.go.id/callback", "not https"),
        ("https://app.contoh.go.id/*", "wildcard"),
        ("https://app.contoh.go.id/#x", "#"),
        ("https://app.contoh.go.id/a/../b", ".."),
        ("https://u:p@app.contoh.go.id/", "password"),
        ("javascript:alert(1)", "scheme"),
        ("https://APP.contoh.go.id/", "lower case"),
        ("id.go.contoh.app:/callback", "scheme"),
    ],
)
def test_a_redirect_address_is_refused_with_a_sentence_at_its_field(
    settings: Settings, address: str, part: str
) -> None:
    """RFC 9700 2.1: what is compared sign by sign must be written in one way only."""
    settings.HTTPS = True
    problems = wrong(redirect_uris=[CALLBACK, address])
    assert list(problems) == ["redirect_uris"]
    assert part in problems["redirect_uris"].what + problems["redirect_uris"].todo


def test_plain_http_to_the_own_machine_is_for_native_and_sandbox_applications(
    settings: Settings,
) -> None:
    settings.HTTPS = True
    local = ["http://localhost:3000/callback"]
    assert "redirect_uris" in wrong(redirect_uris=local)
    registered(contract=Contract(sandbox=True), redirect_uris=local)
    native: dict[str, Any] = {
        "application_type": "native",
        "token_endpoint_auth_method": "none",
    }
    registered(redirect_uris=["http://127.0.0.1/callback"], **native)
    registered(redirect_uris=["id.go.contoh.app:/callback"], **native)


def test_without_pkce_only_confidential_standard_applications_go() -> None:
    """RFC 9700 2.1.1: they have nonce and their secret; others have nothing else."""
    assert not row_of(registered(contract=Contract(needs_pkce=False))).needs_pkce
    problems = wrong(Contract(needs_pkce=False), token_endpoint_auth_method="none")
    assert "PKCE" in problems["token_endpoint_auth_method"].what
    problems = wrong(Contract(needs_pkce=False, profile=Profile.FAPI2), **strict())
    assert "PKCE" in problems["profile"].what


@pytest.mark.parametrize(
    ("more", "member", "mend"),
    [
        ({"token_endpoint_auth_method": "client_secret_basic"}, "token_endpoint_auth_method",
         "A key of its own"),
        ({"token_endpoint_auth_method": "none"}, "token_endpoint_auth_method", "A key of its own"),
        ({"id_token_signed_response_alg": "RS256"}, "id_token_signed_response_alg", "one of the"),
        ({"require_pushed_authorization_requests": False},
         "require_pushed_authorization_requests", "standard profile"),
        ({"dpop_bound_access_tokens": False}, "dpop_bound_access_tokens", "standard profile"),
        ({"redirect_uris": ["http://localhost/callback"]}, "redirect_uris", "https"),
        ({"jwks": None}, "jwks", "JWKS"),
    ],
)  # fmt: skip
def test_the_strict_profile_can_do_nothing_weaker_and_says_what_to_change(
    more: dict[str, Any], member: str, mend: str
) -> None:
    """FAPI 2.0 Security Profile 5.3.2."""
    problems = wrong(FAPI2, **strict(**more))
    assert member in problems
    assert mend in problems[member].todo


def test_a_strict_application_has_no_secret_and_all_that_is_demanded() -> None:
    made = registered(contract=FAPI2, **strict())
    row = row_of(made)
    assert made.secret == ""
    assert (row.needs_par, row.needs_dpop, row.needs_pkce) == (True, True, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=row.pk).update(needs_par=False)


def test_all_that_is_wrong_is_said_at_once() -> None:
    problems = wrong(
        Contract(agency="NONE", roles=("emperor",), letter_number="1"),
        client_name="x",
        redirect_uris=["ftp://x"],
        contacts=["nobody"],
    )
    assert {"agency", "roles", "letter_number", "client_name", "redirect_uris", "contacts"} <= set(
        problems
    )


def test_a_letter_of_tomorrow_permits_nothing() -> None:
    tomorrow = clock.today() + timedelta(days=1)
    assert "letter_date" in wrong(Contract(letter_number="1", letter_date=tomorrow))


@pytest.mark.parametrize("member", ["jwks_uri", "backchannel_logout_uri"])
@pytest.mark.parametrize("host", ["10.0.0.5", "169.254.169.254", "127.0.0.1", "[::ffff:10.0.0.1]"])
def test_an_address_that_we_would_ask_must_be_open_to_the_world(
    settings: Settings, member: str, host: str
) -> None:
    """SSRF (CWE-918): a registration must not make us ask machines inside."""
    settings.HTTPS, settings.WEBHOOKS_TO_LOOPBACK = True, False
    given: dict[str, Any] = {member: f"https://{host}/x"}
    assert member in wrong(**given)


def test_who_registers_is_the_platform() -> None:
    for actor in (keeper(), Actor(), world.actor(world.verifier())):
        with pytest.raises(Refused):
            register_client(actor=actor, metadata=metadata())
    assert not Client.objects.exists()


def test_a_change_is_told_with_the_fields_and_keeps_the_secret() -> None:
    made = registered()
    row = row_of(made)
    changed = change_client(
        actor=platform(),
        client=made.id,
        metadata={**metadata_of(row), "client_name": "Nama Baru", "scope": "openid"},
        contract=contract_of(row),
    )
    assert changed.secret == ""
    assert row_of(made).name == "Nama Baru"
    assert told_of("sso.client.changed").facts["fields"] == ["name", "scopes"]
    again = row_of(made)
    with pytest.raises(NothingChanged):
        change_client(
            actor=platform(),
            client=made.id,
            metadata=metadata_of(again),
            contract=contract_of(again),
        )


def test_what_is_registered_comes_back_as_it_was_given() -> None:
    given = strict(contacts=["a@contoh.go.id"], default_max_age=300, client_uri="https://x.go.id/")
    back = metadata_of(row_of(registered(contract=FAPI2, **given)))
    assert {name: back[name] for name in given if name != "jwks"} == {
        name: value for name, value in given.items() if name != "jwks"
    }
    assert back["jwks"]["keys"][0]["kid"] == "app-1"


def test_with_keys_its_secrets_end_and_back_again_it_gets_a_new_one() -> None:
    made = registered()
    row = row_of(made)
    to_keys = {**metadata_of(row), "token_endpoint_auth_method": "private_key_jwt", "jwks": JWKS}
    who, agreed = platform(), contract_of(row)
    assert change_client(actor=who, client=made.id, metadata=to_keys, contract=agreed).secret == ""
    assert not row.secrets.filter(ends_at__isnull=True).exists()
    back = metadata(client_name=row.name)
    secret = change_client(actor=who, client=made.id, metadata=back, contract=agreed).secret
    assert secret.startswith("gps_")
    assert secret != made.secret


def test_suspended_restored_and_closed_each_with_a_reason_and_an_entry() -> None:
    made, who = registered(), platform()
    with pytest.raises(BadReason):
        suspend_client(actor=who, client=made.id, reason="x")
    suspend_client(actor=who, client=made.id, reason=REASON)
    with pytest.raises(NoSuchMove):
        suspend_client(actor=who, client=made.id, reason=REASON)
    restore_client(actor=who, client=made.id, reason=REASON)
    close_client(actor=who, client=made.id, reason=REASON)
    row = row_of(made)
    assert (row.state, row.state_reason) == ("closed", REASON)
    assert row.ended_at is not None
    assert not row.secrets.filter(ends_at__isnull=True).exists()
    with pytest.raises(NoSuchMove):
        restore_client(actor=who, client=made.id, reason=REASON)
    with pytest.raises(ClientClosed):
        change_client(actor=who, client=made.id, metadata=metadata(), contract=Contract())
    for verb in ("suspended", "restored", "closed"):
        assert told_of(f"sso.client.{verb}").facts["reason"] == REASON


def test_another_agencys_application_is_not_there() -> None:
    made = registered(contract=Contract(agency="T1"))
    own, foreign = keeper("T1"), keeper("T2")
    assert client_for(own, made.id).row.name == "Aplikasi Contoh"
    assert [row.id for row in clients_for(own).rows] == [made.id]
    assert clients_for(foreign).rows == ()
    for actor in (foreign, Actor(), world.actor(world.verifier())):
        with pytest.raises(NoSuchClient):
            client_for(actor, made.id)
        with pytest.raises(NoSuchClient):
            suspend_client(actor=actor, client=made.id, reason=REASON)
    with pytest.raises(NoSuchClient):
        client_for(platform(), uuid4())


def test_the_platforms_own_applications_are_not_those_of_people_without_agency() -> None:
    registered()
    assert clients_for(keeper("T1")).rows == ()


def test_an_agency_sees_its_application_but_does_not_change_it() -> None:
    made, own = registered(contract=Contract(agency="T1")), keeper("T1")
    view = client_for(own, made.id)
    assert view.verbs == ()
    assert set(view.can) == {"rotate_secret", "retry"}
    for verb in (suspend_client, close_client):
        with pytest.raises(Refused):
            verb(actor=own, client=made.id, reason=REASON)


def picture(side: int) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (side, side), (20, 90, 90)).save(kept, "PNG")
    return kept.getvalue()


def test_a_logo_passes_the_gate_and_only_its_pixels_are_kept() -> None:
    made, who = registered(), platform()
    set_logo(actor=who, client=made.id, name="logo.png", content=picture(128))
    assert logo_of(made.id).media_type == "image/webp"
    assert told_of("sso.client.changed").facts["fields"] == ["logo_id"]
    with pytest.raises(FileRefused):
        set_logo(actor=who, client=made.id, name="logo.png", content=b"<svg onload=x>")
    with pytest.raises(FileRefused):
        set_logo(actor=who, client=made.id, name="small.png", content=picture(20))


@pytest.fixture
def loopback(settings: Settings) -> None:
    """As in the demo."""
    settings.WEBHOOKS_TO_LOOPBACK = True


@pytest.mark.usefixtures("loopback")
def test_keys_at_an_address_are_fetched_ahead_and_again() -> None:
    with publishing(JWKS) as (address, told):
        made = registered(token_endpoint_auth_method="private_key_jwt", jwks_uri=address)
        kept = ClientKeys.objects.get(client=made.id)
        assert kept.jwks["keys"][0]["kid"] == "app-1"
        with pytest.raises(KeysPaused):
            refresh_keys(actor=platform(), client=made.id)
        told[0] = {"keys": [{**JWKS["keys"][0], "kid": "app-2"}]}
        system = system_actor("keys")
        with clock.frozen(clock.now() + timedelta(minutes=2)):
            assert refresh_due_keys(actor=system) == 0
            assert refresh_keys(actor=system, client=made.id) == ""
        assert client_for(platform(), made.id).keys.kids == ("app-2",)  # type: ignore[union-attr]
        told[0] = {"keys": "none"}
        with clock.frozen(clock.now() + timedelta(hours=13)):
            assert refresh_due_keys(actor=system) == 1
    kept.refresh_from_db()
    assert kept.fault
    assert kept.jwks["keys"][0]["kid"] == "app-2", "what cannot be read takes nothing away"


@pytest.mark.usefixtures("loopback")
def test_keys_of_another_agencys_application_are_not_fetched() -> None:
    with publishing(JWKS) as (address, _told):
        made = registered(
            contract=Contract(agency="T1"),
            token_endpoint_auth_method="private_key_jwt",
            jwks_uri=address,
        )
    with pytest.raises(NoSuchClient):
        refresh_keys(actor=keeper("T2"), client=made.id)


def test_the_list_tells_of_health() -> None:
    made = registered()
    now = clock.now()
    row = row_of(made)
    row.secrets.update(ends_at=now + timedelta(days=3))
    Client.objects.filter(pk=row.pk).update(last_used_on=clock.today())
    line = clients_for(platform()).rows[0]
    assert line.last_used_on == clock.today()
    assert line.secret_ends is not None
    assert (line.failing, line.keys_fault) == (0, "")
    assert clients_for(platform(), "closed").counts["open"] == 1
