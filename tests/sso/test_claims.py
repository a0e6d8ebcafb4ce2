"""Clients, secrets, keys and consents against the log: what is changed in the tables is found."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from gapura.audit.bundle.reconciling import reconcile
from gapura.audit.findings import Report
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.sso.models import Client, ClientSecret, Consent, InitialToken, SigningKey
from gapura.sso.services import (
    add_secret,
    end_secret,
    ensure_keys,
    make_initial_token,
    retire_key,
    revoke_initial_token,
    rotate_keys,
    suspend_client,
)
from tests.sso.registering import REASON, platform, registered

pytestmark = pytest.mark.django_db
KEYS = system_actor("keys")


def differing(claim: str) -> set[str]:
    """The columns of that table that disagree with the log."""
    report = Report()
    reconcile(connection, report, {})
    found = [f for f in report.findings if f.values.get("claim") == claim]
    return {str(f.values.get("column", f.kind)) for f in found}


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"redirect_uris": ["https://evil.example/take"]}, "contract"),
        ({"scopes": ["openid", "grants"]}, "contract"),
        ({"needs_pkce": False}, "contract"),
        ({"jwks": {"keys": []}}, "contract"),
        ({"name": "Portal Resmi"}, "contract"),
        ({"state": "active"}, "state"),
    ],
)
def test_a_client_is_not_changed_unseen(change: dict[str, Any], column: str) -> None:
    """Attack: an address of one's own among those of a client, written into the database."""
    admin = platform()
    made = registered(actor=admin)
    suspend_client(actor=admin, client=made.id, reason=REASON)
    assert differing("sso.client") == set()
    Client.objects.filter(pk=made.id).update(**change)
    assert differing("sso.client") == {column}


def test_a_client_is_not_slipped_in_unseen() -> None:
    now = clock.now()
    Client.objects.create(
        client_id="evil", name="Evil", registered_at=now, registered_by="x", changed_at=now
    )
    assert differing("sso.client") != set()


def test_a_secret_is_neither_swapped_nor_kept_alive_unseen() -> None:
    admin = platform()
    made = registered(actor=admin)
    add_secret(actor=admin, client=made.id)
    first = ClientSecret.objects.filter(client=made.id).earliest("made_at", "id")
    assert differing("sso.secret") == set()
    ClientSecret.objects.filter(pk=first.pk).update(ends_at=clock.now() + timedelta(days=900))
    assert differing("sso.secret") == {"ends"}
    ClientSecret.objects.filter(pk=first.pk).update(ends_at=first.ends_at, digest=b"?" * 32)
    assert differing("sso.secret") == {"digest"}
    ClientSecret.objects.filter(pk=first.pk).update(digest=first.digest)
    end_secret(actor=admin, client=made.id, secret=first.id)
    assert differing("sso.secret") == set()


@pytest.mark.parametrize(
    ("change", "column"),
    [({"public": {"kid": "evil"}}, "public"), ({"state": "past"}, "state")],
)
def test_a_signing_key_is_not_swapped_or_brought_back_unseen(
    change: dict[str, Any], column: str
) -> None:
    """Attack: publish a key of one's own under a name that everybody trusts."""
    ensure_keys(actor=KEYS)
    rotate_keys(actor=KEYS, alg="ES256", at_once=True)
    retire_key(actor=KEYS, kid=SigningKey.objects.get(state="past").kid)
    assert differing("sso.key") == set()
    kept = {"private": "", "retired_at": clock.now()} if column == "state" else {}
    SigningKey.objects.filter(state="retired").update(**change, **kept)
    assert differing("sso.key") == {column}


def test_a_registration_token_is_not_stretched_unseen() -> None:
    admin = platform()
    make_initial_token(actor=admin, name="Pengujian", days=3, most=2)
    row = InitialToken.objects.get()
    assert differing("sso.initial_token") == set()
    InitialToken.objects.update(most=50)
    assert differing("sso.initial_token") == {"most"}
    InitialToken.objects.update(most=row.most)
    revoke_initial_token(actor=admin, token=row.id, reason=REASON)
    InitialToken.objects.update(revoked_at=None)
    assert differing("sso.initial_token") == {"revoked"}


def test_a_consent_is_not_made_up_unseen() -> None:
    made, now, someone = registered(), clock.now(), platform().who
    Consent.objects.create(
        person_id=someone, client_id=made.id, scopes=["openid"], given_at=now, changed_at=now
    )
    assert differing("sso.consent") != set()
