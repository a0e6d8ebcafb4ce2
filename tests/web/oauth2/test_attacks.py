"""What strangers would try with the pages that applications send browsers to."""

import pytest
from django.db import connection

from gapura.kernel.throttle import Limit
from gapura.sso.models import Authorization, Client
from gapura.sso.protocol.jose import SigningKey
from gapura.sso.queries import keys
from gapura.sso.services import authorizing, ensure_keys
from gapura.sso.services.consents import withdraw_consent
from tests.authentication.world import SYSTEM, person
from tests.web.browser import Browser
from tests.web.oauth2.asking import ORIGIN, allow, asking, brought, opened, somebody, spse

pytestmark = pytest.mark.django_db
BYE = f"{ORIGIN}/bye"


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_an_application_that_was_stopped_sends_nobody_anywhere(state: str) -> None:
    """RP-Initiated Logout 3: it was stopped because it lured people, and its links go on."""
    app = spse(post_logout_redirect_uris=[BYE])
    address = f"/oauth2/logout?client_id={app.client_id}&post_logout_redirect_uri={BYE}"
    assert Browser().get(address)["Location"] == BYE
    Client.objects.filter(pk=app.pk).update(state=state)
    answer = Browser().get(address)
    assert answer.status_code == 400
    assert "Location" not in answer


def _kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sso_pushed")
        return int(cursor.fetchone()[0])


def test_a_stranger_does_not_fill_the_disk_with_requests_that_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each is kept for as long as its day, and nobody has proven anything."""
    monkeypatch.setattr(authorizing, "KEPT", Limit("sso.kept", 3, 600))
    app = spse()
    answers = [
        Browser(ip=f"2001:db8::{n + 1}").get(asking(app, state=f"s-{n}")).status_code
        for n in range(5)
    ]
    assert answers == [303, 303, 303, 429, 429]
    assert _kept() == 3
    assert Browser(ip="198.51.100.77").get(asking(app)).status_code == 303
    assert opened(somebody(), asking(app)).status_code == 200, (
        "nobody signed in is held up by strangers"
    )


def test_consent_taken_back_while_a_code_is_made_is_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page read the consent, another window takes it back, the page goes on."""
    someone = person()
    app, here = spse(), somebody(someone)
    brought(allow(here, opened(here, asking(app))))
    before = Authorization.objects.count()
    granting = authorizing._granted

    def late(actor, request):  # type: ignore[no-untyped-def]
        withdraw_consent(actor=actor, client=app.id)
        return granting(actor, request)

    monkeypatch.setattr(authorizing, "_granted", late)
    answer = here.get(asking(app))
    assert "code=" not in answer.get("Location", "")
    assert Authorization.objects.filter(ended_at__isnull=True).count() == 0
    assert Authorization.objects.count() == before


def test_a_stranger_who_asks_to_sign_out_costs_no_reading_of_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A tenth of a second of work for one line of an address."""
    ensure_keys(actor=SYSTEM)
    keys.ring()
    read = []
    known = SigningKey.from_der

    def counted(*told: object, **more: object) -> SigningKey:
        read.append(told)
        return known(*told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(SigningKey, "from_der", counted)
    for _ in range(3):
        assert Browser().get("/oauth2/logout?id_token_hint=x.y.z").status_code == 400
        assert Browser().get("/oauth2/logout").status_code == 303
    assert read == []
