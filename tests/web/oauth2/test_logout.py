"""/oauth2/logout: an application says that somebody wants to go (RP-Initiated Logout 1.0)."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.sso.models import Client, LogoutDelivery
from gapura.sso.queries.keys import ring
from gapura.sso.services import ensure_keys
from tests.authentication.world import SYSTEM, person
from tests.sso.world import authorization
from tests.web.browser import Browser, text_of
from tests.web.oauth2.asking import ORIGIN, asking, brought, field, newest, opened, somebody, spse

pytestmark = pytest.mark.django_db
HERE = "/oauth2/logout"
BYE = f"{ORIGIN}/bye"


def app(**values: Any) -> Client:
    return spse(
        **{
            "post_logout_redirect_uris": [BYE],
            "backchannel_logout_uri": f"{ORIGIN}/out",
            "asks_consent": False,
            **values,
        }
    )


def address(of: Client, **more: str) -> str:
    asked = {"client_id": of.client_id, "post_logout_redirect_uri": BYE, "state": "z", **more}
    return f"{HERE}?{urlencode({name: value for name, value in asked.items() if value})}"


def hint(of: Client, **claims: Any) -> str:
    """An ID Token of ours, for the newest sign-on."""
    ensure_keys(actor=SYSTEM)
    row, now = newest(), int(clock.now().timestamp())
    told = {"iss": settings.PUBLIC_URL, "aud": of.client_id, "sub": row.subject, "sid": row.sid}
    return ring().sign({**told, "iat": now, "exp": now - 5, **claims}, typ="JWT")


def confirmed(here: Browser, page: Any) -> Any:
    return here.submit("/oauth2/logout/confirm", page="/help", asked=field(page, "asked"))


def test_it_asks_first_and_names_who_else_is_left() -> None:
    """Nothing ends by following a link: anybody could write one (section 6)."""
    someone, of = person(), app()
    here = somebody(someone)
    brought(here.get(asking(of)))
    assert here.session
    authorization(spse(name="SiRUP"), someone, session=here.session.id)
    page = here.get(address(of))
    text = text_of(page)
    assert "You come from SPSE Kementerian Contoh." in text
    assert "SiRUP" in text
    assert here.session is not None
    assert not LogoutDelivery.objects.exists()


def test_after_the_button_the_session_is_over_everyone_is_told_and_one_is_back() -> None:
    of = app()
    here = somebody()
    brought(here.get(asking(of)))
    answer = confirmed(here, here.get(address(of)))
    assert (answer.status_code, answer["Location"]) == (303, f"{BYE}?state=z")
    assert here.session is None
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert LogoutDelivery.objects.get().why == "signed_out"
    assert LogEvent.objects.get(name="sso.logout.asked").facts["client_id"] == of.client_id


def test_the_form_may_be_followed_to_the_registered_address() -> None:
    page = somebody().get(address(app()))
    assert f"form-action 'self' {ORIGIN};" in page["Content-Security-Policy"]
    page = somebody().get(address(app(), post_logout_redirect_uri="", state=""))
    assert "form-action 'self';" in page["Content-Security-Policy"]


def test_without_an_address_one_stays_here() -> None:
    here = somebody()
    answer = confirmed(here, here.get(HERE))
    assert answer["Location"] == "/logout"
    assert here.session is None


def test_whoever_is_signed_out_already_goes_on_at_once() -> None:
    assert Browser().get(address(app()))["Location"] == f"{BYE}?state=z"
    assert Browser().get(HERE)["Location"] == "/logout"


def test_a_token_that_ran_out_long_ago_still_says_who_asks() -> None:
    """Section 2: the hint is accepted even when it has expired."""
    of, here = app(), somebody()
    brought(here.get(asking(of)))
    page = here.get(address(of, client_id="", id_token_hint=hint(of)))
    assert "You come from SPSE Kementerian Contoh." in text_of(page)
    assert "with another account" not in text_of(page)
    assert confirmed(here, page)["Location"] == f"{BYE}?state=z"


def test_it_says_when_the_application_means_somebody_else() -> None:
    of = app()
    brought(somebody().get(asking(of)))
    page = somebody().get(address(of, id_token_hint=hint(of)))
    assert "with another account" in text_of(page)


@pytest.mark.parametrize(
    "uri",
    [
        "https://evil.example/bye",
        f"{BYE}/../evil",
        f"{BYE}?x",
        f"{BYE}#evil",
        "//evil.example",
        "javascript:alert(1)",
        f"{ORIGIN}@evil.example/bye",
    ],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_nobody_is_sent_to_an_address_that_is_not_registered(uri: str, signed_in: bool) -> None:
    """Open redirect."""
    here = somebody() if signed_in else Browser()
    answer = here.get(address(app(), post_logout_redirect_uri=uri))
    assert answer.status_code == 400
    assert "Location" not in answer


def test_the_confirmed_address_is_held_against_the_registration_once_more() -> None:
    """What a form brings back is what a browser says."""
    here = somebody()
    asked = urlencode({"client_id": app().client_id, "post_logout_redirect_uri": "https://e.vil"})
    answer = here.submit("/oauth2/logout/confirm", page="/help", asked=asked)
    assert answer.status_code == 400
    assert here.session is not None


@pytest.mark.parametrize("broken", ["x", "a.b.c", "e30.e30.e30"])
def test_a_hint_that_is_none_is_refused(broken: str) -> None:
    ensure_keys(actor=SYSTEM)
    here = somebody()
    assert here.get(address(app(), id_token_hint=broken)).status_code == 400
    assert here.session is not None


def test_a_hint_of_another_application_is_refused() -> None:
    of, here = app(), somebody()
    brought(here.get(asking(of)))
    assert here.get(address(app(), id_token_hint=hint(of))).status_code == 400


def test_a_form_of_another_site_becomes_an_address_and_ends_nothing() -> None:
    of, here = app(), somebody()
    form = "application/x-www-form-urlencoded"
    body = address(of).partition("?")[2]
    answer = here.post(HERE, body, content_type=form)
    assert (answer.status_code, answer["Location"]) == (303, address(of))
    assert here.session is not None


def test_nothing_ends_without_the_form_token() -> None:
    """Cross-site request forgery."""
    here = somebody()
    here.get(HERE)
    assert here.post("/oauth2/logout/confirm", {"asked": ""}).status_code == 403
    assert here.session is not None


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_reads_in_both_languages(language: str) -> None:
    here = somebody()
    here.cookies["lang"] = language
    page = opened(here, address(app()))
    assert f'lang="{language}"' in page.content.decode()
