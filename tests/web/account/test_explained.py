"""Why can't I, what would I need: refusals explained to whom they happened."""

import re

import pytest
from django.test import Client

from tests.personas import ClientFor

pytestmark = pytest.mark.django_db

SIGN = "purchasing.order.sign"


def link_of(page: str) -> str:
    found = re.search(r'href="(/account/why\?about=[^"]+)"', page)
    assert found, page
    return found[1].replace("&amp;", "&")


def refused(client: Client) -> str:
    """A page that says no about something the actor may know: the last app of who holds a role."""
    page = client.get("/account/totp/remove", headers={"cookie-lang": "en"})
    assert page.status_code == 403
    return page.content.decode()


def test_a_refusal_leads_to_its_explanation(client_for: ClientFor) -> None:
    client = client_for("ppk")
    client.cookies["lang"] = "en"
    page = client.get(link_of(refused(client)))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Your role needs an authenticator app" in text
    assert "NIST SP 800-63B-4" in text
    assert 'href="/account/security"' in text
    assert "/account/rights?deed=authentication.totp.remove" in text


def test_an_explanation_is_for_whom_it_was_made_and_cannot_be_made_up(
    client_for: ClientFor,
) -> None:
    address = link_of(refused(client_for("ppk")))
    assert client_for("pp").get(address).status_code == 404
    forged = address[:-2] + ("aa" if not address.endswith("aa") else "bb")
    assert client_for("ppk").get(forged).status_code == 404
    assert client_for("ppk").get("/account/why").status_code == 404


def test_another_role_that_may_is_offered(client_for: ClientFor) -> None:
    client = client_for("ppk", role="pp")
    client.cookies["lang"] = "en"
    page = client.get(f"/account/rights?deed={SIGN}").content.decode()
    assert "You hold it" in page
    assert "Commitment officer (PPK)" in page


def test_what_is_missing_is_told_with_the_way_to_it(client_for: ClientFor) -> None:
    client = client_for("warga")
    client.cookies["lang"] = "en"
    page = client.get(f"/account/rights?deed={SIGN}").content.decode()
    assert "You cannot do this now" in page
    assert "Your type of account cannot hold this role." in page
    officer = client_for("pp")
    officer.cookies["lang"] = "en"
    page = officer.get(f"/account/rights?deed={SIGN}").content.decode()
    assert "Only the commitment officer (PPK) of the unit can do this." in page
    assert 'href="/requests/new?role=' in page
    assert "Agency access verifier" in page


def test_a_deed_that_does_not_exist_is_sent_back(client_for: ClientFor) -> None:
    assert client_for("ppk").get("/account/rights?deed=a.b.c").status_code == 422
    assert client_for("ppk").get("/account/rights").status_code == 200


def test_what_the_role_may_do_now_is_told_with_its_conditions(client_for: ClientFor) -> None:
    client = client_for("ppk")
    client.cookies["lang"] = "en"
    page = client.get(f"/account/rights?deed={SIGN}").content.decode()
    assert "You can do this now" in page
    assert "It also depends on what it is about." in page
