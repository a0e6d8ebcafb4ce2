"""What strangers would try with the doors: leave traces that cost us and not them."""

import pytest
from django.db import connection

from gapura.audit.models import LogEvent
from tests.api.oauth.holders import Holder
from tests.api.oauth.shop import (
    INTROSPECT,
    REVOKE,
    TOKEN,
    USERINFO,
    a_client,
    a_code,
    allowed,
    an_app,
    asked,
    basic,
    bearer,
    committed,
    redeem,
    secret_of,
    send,
    send_all,
    tokens,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def _remembered() -> int:
    def counted() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sso_once")
            return int(cursor.fetchone()[0])

    return committed(counted)


def test_proofs_of_refused_strangers_are_not_remembered() -> None:
    """Anybody may name a public client and make keys; each request would leave a row."""
    app, before = an_app(), _remembered()
    unknown = "gpc_20991231" + "A" * 43
    garbage = {"client_id": app.client_id, "token": "x.y.z"}
    replies = send_all(
        asked(TOKEN, redeem(app, unknown), Holder().proof(TOKEN)),
        asked(REVOKE, garbage, Holder().proof(REVOKE)),
        asked(INTROSPECT, garbage, Holder().proof(INTROSPECT)),
    )
    assert [one.status for one in replies] == [400, 200, 401]
    assert _remembered() == before


def test_proofs_of_public_clients_that_get_something_are_good_once() -> None:
    app, holder = an_app(), Holder()
    given = allowed(app)
    proof = holder.proof(TOKEN)
    assert send(TOKEN, redeem(app, a_code(given)), proof).status == 200
    assert send(TOKEN, redeem(app, a_code(given)), proof).status == 400
    assert tokens(app, given)["token_type"] == "Bearer"
    assert send(USERINFO).status == 401


@pytest.mark.parametrize(
    "name", ["é" * 200, "\U0001f600" * 200, "1" * 200, "\u2603" * 199, "\\u0000"]
)
def test_strange_names_of_clients_are_refused_and_told_of(name: str) -> None:
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": "s"}
    assert send(TOKEN, form).status == 401


def test_a_role_is_not_had_elsewhere_by_a_sign_in_that_does_not_enter_it_here() -> None:
    """D25: the second factor is skipped at an application that never asks for one."""
    client = a_client()
    weak, strong = (allowed(client, scopes="openid grants", acr=acr) for acr in (1, 2))
    for given, roles in ((weak, []), (strong, ["ppk", "pp"])):
        access = tokens(client, given)["access_token"]
        for found in (
            told(send(USERINFO, None, bearer(access))),
            told(send(INTROSPECT, {"token": access}, basic(client))),
        ):
            assert [grant["role"] for grant in found["gapura_grants"]] == roles
            assert not any("least_acr" in grant for grant in found["gapura_grants"])


def test_a_secret_in_the_field_for_the_name_is_not_kept_in_the_log() -> None:
    """Somebody swaps the two fields of a form; the log is for ever and many read it."""
    client = a_client()
    secret = secret_of(client)
    form = {"grant_type": "client_credentials", "client_id": secret, "client_secret": "x"}
    assert send(TOKEN, form).status == 401
    told_of = LogEvent.objects.filter(name="sso.client.refused").latest("id")
    assert secret[:8] in str(vars(told_of))
    assert secret not in str(vars(told_of))
