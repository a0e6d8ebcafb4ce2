"""The doors' one statement: all that requests want, and nothing remembered wrongly."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access.models import Grant
from gapura.accounts.models import IdentityProof
from gapura.kernel import clock
from gapura.sso import store
from gapura.sso.models import Client, ClientKeys, ClientSecret
from gapura.sso.protocol.decisions import Facts, Needs
from gapura.sso.protocol.encoding import digest_of
from gapura.sso.protocol.records import AuthMethod, GrantType
from tests.authentication.world import person
from tests.sso.world import (
    CALLBACK,
    Signs,
    authorization,
    client,
    new_code,
    new_refresh,
    read,
    secret,
)

pytestmark = pytest.mark.django_db
fresh = Signs()


def _read(known: store.KnownClients, *asks: Needs) -> tuple[list[Facts], int]:
    """What a door reads with what it remembers, and how many texts of clients came along."""
    reading = store.Reading(asks, clock.now(), store.lives_now(), known)
    with connection.cursor() as cursor:
        cursor.execute(reading.sql, reading.params)
        rows = cursor.fetchall()
    return reading.facts(rows), sum(row[1] is not None for row in rows)


def test_a_token_request_is_one_statement() -> None:
    """Client, secrets, keys, code, authorization, and whether it works."""
    app = client(auth_method="client_secret_basic")
    secret(app, "gps_first")
    given = authorization(of=app)
    handle, code = new_code(given, fresh)
    store.apply([code])
    store.lives_now()
    with CaptureQueriesContext(connection) as seen:
        facts = read(client=app.client_id, code=handle)
    assert len(seen) == 1
    assert facts.client is not None
    assert facts.client.id == app.id
    assert facts.client.auth_method is AuthMethod.BASIC
    assert facts.client.redirect_uris == (CALLBACK,)
    assert GrantType.REFRESH in facts.client.grant_types
    assert facts.client.secrets[0].digest == digest_of("gps_first")
    assert facts.code is not None
    assert facts.code.redirect_uri == CALLBACK
    assert facts.rests_on is not None
    assert facts.rests_on.works


def test_many_requests_of_all_kinds_are_one_statement_too_and_are_not_mixed_up() -> None:
    app, other = client(), client()
    (code, first), (refresh, second) = (
        new_code(authorization(of=app), fresh),
        new_refresh(authorization(of=other, offline=True), fresh),
    )
    store.apply([first, second])
    given = authorization(of=app)
    found = store.facts(
        Needs(client=app.client_id, code=code),
        Needs(client="nobody"),
        Needs(client=other.client_id, refresh=refresh),
        Needs(client=other.client_id),
        Needs(client=other.client_id, issued_to=app.client_id, authorization=given.id, jti="j"),
    )
    assert [one.client.id if one.client else None for one in found] == [
        app.id, None, other.id, other.id, other.id,
    ]  # fmt: skip
    assert [bool(one.code) for one in found] == [True, False, False, False, False]
    assert [bool(one.refresh) for one in found] == [False, False, True, False, False]
    assert [bool(one.rests_on) for one in found] == [True, False, True, False, True]
    assert found[4].issued_to is not None
    assert found[4].issued_to.id == app.id
    assert found[4].authorization is not None
    assert found[4].authorization.id == given.id


def test_a_client_that_is_known_is_not_sent_again() -> None:
    app, known = client(), store.KnownClients()
    (first,), sent = _read(known, Needs(client=app.client_id))
    (again,), sent_again = _read(known, Needs(client=app.client_id))
    assert (sent, sent_again) == (1, 0)
    assert again.client is first.client


@pytest.mark.parametrize("change", ["state", "secret", "ended", "keys", "contract"])
def test_what_changed_is_seen_at_the_next_request(change: str) -> None:
    """A suspended client or a secret that ended must not live on in a worker's memory."""
    app, known = client(jwks_uri="https://app.example.go.id/jwks"), store.KnownClients()
    old = secret(app, "gps_old")
    _read(known, Needs(client=app.client_id))
    now = clock.now()
    match change:
        case "state":
            Client.objects.filter(pk=app.pk).update(state="suspended")
        case "secret":
            ClientSecret.objects.filter(pk=old.pk).update(ends_at=now + timedelta(days=7))
            secret(app, "gps_new")
        case "ended":
            ClientSecret.objects.filter(pk=old.pk).update(ends_at=now)
        case "keys":
            ClientKeys.objects.create(client=app, jwks={"keys": []}, fetched_at=now, tried_at=now)
        case _:
            Client.objects.filter(pk=app.pk).update(scopes=["openid"])
    (facts,), sent = _read(known, Needs(client=app.client_id))
    found = facts.client
    assert sent == 1
    assert found is not None
    assert found.active is (change != "state")
    assert (len(found.secrets) == 2) is (change == "secret")
    assert any(one.expires_at for one in found.secrets) is (change in {"secret", "ended"})
    assert (found.jwks == {"keys": []}) is (change == "keys")
    assert (found.scopes == {"openid"}) is (change == "contract")


def test_a_client_that_is_written_from_an_older_copy_is_newer_all_the_same() -> None:
    """A version that went back would make doors believe what they knew before."""
    app, known = client(), store.KnownClients()
    stale = Client.objects.get(pk=app.pk)
    Client.objects.filter(pk=app.pk).update(name="Another name")
    _read(known, Needs(client=app.client_id))
    stale.name = "A third name"
    stale.save()
    (facts,), _ = _read(known, Needs(client=app.client_id))
    assert facts.client is not None
    assert facts.client.name == "A third name"


def test_the_day_of_the_last_use_makes_nobody_read_anew() -> None:
    app, known = client(), store.KnownClients()
    _read(known, Needs(client=app.client_id))
    with connection.cursor() as cursor:
        cursor.execute(store.TOUCH_CLIENTS, {"day": clock.now().date(), "ids": [app.id]})
    app.refresh_from_db()
    assert app.last_used_on == clock.now().date()
    assert _read(known, Needs(client=app.client_id))[1] == 0


def test_readings_that_overlap_do_not_mix_versions() -> None:
    """The first is sent, the client changes, the second comes back before the first."""
    app, known = client(), store.KnownClients()
    _read(known, Needs(client=app.client_id))
    asks = [Needs(client=app.client_id)]
    slow = store.Reading(asks, clock.now(), store.lives_now(), known)
    with connection.cursor() as cursor:
        cursor.execute(slow.sql, slow.params)
        rows = cursor.fetchall()
    Client.objects.filter(pk=app.pk).update(state="suspended")
    _read(known, *asks)
    (facts,) = slow.facts(rows)
    assert facts.client is not None
    assert facts.client.active, "as it was when it was asked"


def test_with_an_address_of_its_own_only_the_keys_found_there_count() -> None:
    app = client(jwks={"keys": [{"kid": "old"}]}, jwks_uri="https://app.example.go.id/jwks")
    facts = read(client=app.client_id)
    assert facts.client is not None
    assert facts.client.jwks == {}


def test_a_person_is_told_with_the_grants_that_work_now() -> None:
    someone, now = person(name="Dewi Lestari"), clock.now()
    for state in ("active", "suspended"):
        Grant.objects.create(
            person=someone, role="admin_platform" if state == "active" else "helpdesk",
            state=state, valid=(now.date(), None), approved_at=now, activated_at=now,
            recorded_at=now,
        )  # fmt: skip
    IdentityProof.objects.create(
        person=someone, source="registry", outcome="matches", checked_at=now
    )
    other = person(state="contact_verified", phone="+628123456789", phone_verified_at=now)
    found = store.subjects(someone.id, other.id, UUID(int=1))
    assert set(found) == {someone.id, other.id}
    told = found[someone.id]
    assert (told.name, told.proof, told.email_verified) == ("Dewi Lestari", "registry", True)
    assert [dict(one) for one in told.grants] == [
        {"role": "admin_platform", "standing": "definitive", "least_acr": 2}
    ]
    assert (found[other.id].phone, found[other.id].proof) == ("+628123456789", "")
