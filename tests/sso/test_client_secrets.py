"""Secrets of applications: shown once, two at a time while they change, ended at once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from gapura.audit.models import LogEvent
from gapura.audit.services import checkpoint, seal_all, verify_log
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.sso.errors import (
    BadOverlap,
    ClientClosed,
    NoSecrets,
    NoSuchClient,
    NoSuchSecret,
    TwoSecrets,
)
from gapura.sso.models import Client, ClientSecret
from gapura.sso.protocol.encoding import digest_of
from gapura.sso.queries import client_for
from gapura.sso.rules import Contract, contract_of, metadata_of
from gapura.sso.services import (
    change_client,
    close_client,
    restore_client,
    suspend_client,
)
from gapura.sso.services.secrets import add_secret, end_secret
from gapura.sso.services.tokens import make_initial_token, revoke_initial_token
from tests.access import world
from tests.sso.registering import REASON, keeper, platform, registered, row_of, strict


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def working(client: UUID) -> list[bytes]:
    """The digests of the secrets that work now, the oldest first."""
    now = clock.now()
    rows = ClientSecret.objects.filter(client=client).order_by("made_at")
    return [bytes(r.digest) for r in rows if r.ends_at is None or r.ends_at > now]


def test_only_the_hash_of_a_secret_is_kept_and_it_has_256_bits() -> None:
    made = registered()
    row = ClientSecret.objects.get()
    assert bytes(row.digest) == digest_of(made.secret)
    assert len(made.secret) == len("gps_") + 43
    assert made.secret.startswith(row.hint)
    assert len(row.hint) < 10
    assert LogEvent.objects.get(name="sso.client_secret.added").facts["secret"] == str(row.id)


def test_the_old_secret_works_beside_the_new_one_until_it_ends() -> None:
    made = registered()
    new = add_secret(actor=platform(), client=made.id, overlap_days=7)
    assert working(made.id) == [digest_of(made.secret), digest_of(new.secret)]
    assert new.old_until is not None
    with clock.frozen(new.old_until + timedelta(seconds=1)):
        assert working(made.id) == [digest_of(new.secret)]


def test_a_third_one_is_refused_while_two_work() -> None:
    made, who = registered(), platform()
    add_secret(actor=who, client=made.id)
    with pytest.raises(TwoSecrets):
        add_secret(actor=who, client=made.id)
    leaked = add_secret(actor=who, client=made.id, overlap_days=0)
    with clock.frozen(clock.now() + timedelta(seconds=1)):
        assert working(made.id) == [digest_of(leaked.secret)], "after a leak nothing else works"


def test_a_secret_that_leaked_ends_at_once_and_only_once() -> None:
    made, who = registered(), platform()
    found = client_for(who, made.id).secrets[0]
    end_secret(actor=who, client=made.id, secret=found.id)
    assert working(made.id) == []
    with pytest.raises(NoSuchSecret):
        end_secret(actor=who, client=made.id, secret=found.id)
    assert LogEvent.objects.filter(name="sso.client_secret.ended").count() == 1


def test_a_secret_of_another_application_is_not_there() -> None:
    one, other, who = registered(), registered(client_name="Lain"), platform()
    foreign = client_for(who, other.id).secrets[0].id
    for secret in (foreign, uuid4()):
        with pytest.raises(NoSuchSecret):
            end_secret(actor=who, client=one.id, secret=secret)


def test_an_agencys_administrator_changes_the_secrets_of_its_own_applications_only() -> None:
    made = registered(contract=Contract(agency="T1"))
    assert add_secret(actor=keeper("T1"), client=made.id).secret
    secret = client_for(platform(), made.id).secrets[0].id
    with pytest.raises(NoSuchClient):
        add_secret(actor=keeper("T2"), client=made.id)
    with pytest.raises(NoSuchClient):
        end_secret(actor=keeper("T2"), client=made.id, secret=secret)
    with pytest.raises((NoSuchClient, Refused)):
        add_secret(actor=world.actor(world.verifier()), client=made.id)


def test_a_weak_sign_in_changes_no_secret() -> None:
    made = registered()
    with pytest.raises((NoSuchClient, Refused)):
        add_secret(actor=replace(platform(), acr=1), client=made.id)


def test_who_has_keys_gets_no_secret_and_a_closed_one_gets_nothing() -> None:
    who = platform()
    with pytest.raises(NoSecrets):
        add_secret(actor=who, client=registered(**strict()).id)
    made = registered(client_name="Lain")
    with pytest.raises(BadOverlap):
        add_secret(actor=who, client=made.id, overlap_days=400)
    close_client(actor=who, client=made.id, reason=REASON)
    with pytest.raises(ClientClosed):
        add_secret(actor=who, client=made.id)


@pytest.mark.django_db(transaction=True)
def test_the_log_agrees_with_the_tables_after_all_of_it() -> None:
    """What `gapura audit verify` would find, had a verb told less than it wrote."""
    who = platform()
    made, other = registered(contract=Contract(agency="T1")), registered(**strict())
    add_secret(actor=who, client=made.id, overlap_days=7)
    end_secret(actor=who, client=made.id, secret=client_for(who, made.id).secrets[1].id)
    row = row_of(made)
    changed = {**metadata_of(row), "client_name": "Nama Baru"}
    change_client(actor=who, client=made.id, metadata=changed, contract=contract_of(row))
    suspend_client(actor=who, client=made.id, reason=REASON)
    restore_client(actor=who, client=made.id, reason=REASON)
    close_client(actor=who, client=other.id, reason=REASON)
    token = make_initial_token(actor=who, name="Uji", days=3, most=2, agency="T1")
    revoke_initial_token(actor=who, token=token.id, reason=REASON)
    assert differing() == set()
    Client.objects.filter(pk=made.id).update(redirect_uris=["https://attacker.example/"])
    ClientSecret.objects.filter(client=made.id, ends_at__isnull=True).update(digest=b"x" * 32)
    assert differing() == {"sso.client", "sso.secret"}


def differing() -> set[str]:
    """The claims of this room whose tables are not as the log tells."""
    seal_all()
    checkpoint(now=True)
    found = {str(one.values["claim"]) for one in verify_log(tables=True).findings}
    return {claim for claim in found if claim.startswith("sso.")}
