"""/oauth2/authorize: to sign in, to the question, and back with a code."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.services import suspend_person
from gapura.audit.models import LogEvent
from gapura.authentication.models import Session
from gapura.authentication.queries import Method
from gapura.kernel import clock, throttle
from gapura.kernel.actor import system_actor
from gapura.sso.models import Authorization, Code, Consent, Pushed
from gapura.sso.services import authorizing
from tests.authentication import world
from tests.authentication.world import app_code, later, person, with_app
from tests.sso.world import CALLBACK
from tests.web.browser import SESSION, Browser, text_of
from tests.web.oauth2.asking import (
    HERE,
    allow,
    asking,
    brought,
    field,
    kept_behind,
    members,
    newest,
    opened,
    somebody,
    spse,
)

pytestmark = pytest.mark.django_db


def test_whoever_is_not_signed_in_signs_in_first_and_comes_back_to_the_question() -> None:
    app, someone = spse(), person()
    secret = with_app(someone)
    here = Browser()
    first = here.get(asking(app))
    login = first["Location"]
    assert login.startswith("/login?next=%2Foauth2%2Fauthorize%3Fkept%3Dgpw_"), "straight there"
    kept = kept_behind(login)
    answer = here.submit(login, username=someone.username, password=world.PASSWORD)
    answer = here.submit(answer["Location"], code=app_code(secret))
    assert answer["Location"] == kept
    page = here.get(answer["Location"])
    assert "May SPSE Kementerian Contoh see this?" in text_of(page)
    told = brought(allow(here, page))
    assert (told["state"], told["iss"]) == ("s-1", settings.PUBLIC_URL)
    assert told["code"].startswith("gpc_")


def test_the_way_back_survives_the_reminder_of_an_old_password() -> None:
    app, someone = spse(asks_consent=False), person()
    with later(days=-400):
        secret = with_app(someone)
    here = Browser()
    login = here.get(asking(app))["Location"]
    kept = kept_behind(login)
    answer = here.submit(login, username=someone.username, password=world.PASSWORD)
    reminder = f"/account/password/reminder?{urlencode({'next': kept})}"
    answer = here.submit(answer["Location"], code=app_code(secret))
    assert answer["Location"] in {kept, reminder}
    assert "code" in brought(here.get(kept))


def test_a_remembered_consent_leads_straight_back() -> None:
    app = spse()
    here = somebody()
    allow(here, opened(here, asking(app)))
    told = brought(here.get(asking(app, state="s-2")))
    assert told["state"] == "s-2"
    assert Authorization.objects.filter(client=app).count() == 2


def test_signed_in_and_allowed_it_takes_six_queries() -> None:
    app = spse()
    here = somebody()
    allow(here, opened(here, asking(app)))
    with CaptureQueriesContext(connection) as asked:
        brought(here.get(asking(app)))
    told = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(told) <= 6, [sql[:90] for sql in told]


def test_what_is_given_is_what_was_allowed_in_this_session() -> None:
    app, someone = spse(), person()
    here = somebody(someone)
    allow(here, opened(here, asking(app)))
    row = newest()
    assert (row.person_id, row.session) == (someone.id, here.session.id if here.session else None)
    assert (row.scopes, row.acr, row.offline) == ("openid profile", 2, False)
    code = Code.objects.get(authorization=row.id)
    assert (code.redirect_uri, code.nonce) == (CALLBACK, "n-1")
    assert 0 < (code.expires_at - clock.now()).total_seconds() <= 60


def test_the_log_tells_the_sign_on_to_its_person() -> None:
    app, someone = spse(asks_consent=False), person()
    brought(somebody(someone).get(asking(app)))
    entry = LogEvent.objects.get(name="sso.authorization.given")
    assert (entry.person, entry.subject_label) == (someone.id, app.name)
    assert entry.facts["authorization"] == str(newest().id)


def test_the_same_person_is_another_number_at_another_application() -> None:
    """Correlation: two agencies cannot put their records together by the subject."""
    here = somebody()
    one = spse(asks_consent=False, sector="a.example")
    other = spse(asks_consent=False, sector="b.example")
    brought(here.get(asking(one)))
    first = newest()
    brought(here.get(asking(one)))
    assert (newest().subject, newest().sid) == (first.subject, first.sid)
    brought(here.get(asking(other)))
    assert newest().subject != first.subject
    assert newest().sid != first.sid


def test_an_application_that_was_connected_by_the_administration_asks_nobody() -> None:
    app = spse(asks_consent=False)
    assert "code" in brought(somebody().get(asking(app)))
    assert not Consent.objects.exists()


@pytest.mark.parametrize("signed_in", [False, True])
def test_prompt_none_never_shows_a_page(signed_in: bool) -> None:
    app = spse()
    here = somebody() if signed_in else Browser()
    told = brought(here.get(asking(app, prompt="none")))
    assert told["error"] == ("consent_required" if signed_in else "login_required")
    assert (told["state"], told["iss"]) == ("s-1", settings.PUBLIC_URL)
    assert not Pushed.objects.exists()


def test_prompt_none_gives_a_code_to_whoever_allowed_it_before() -> None:
    app, here = spse(), somebody()
    allow(here, opened(here, asking(app)))
    assert "code" in brought(here.get(asking(app, prompt="none")))


def test_prompt_consent_asks_again() -> None:
    app, here = spse(), somebody()
    allow(here, opened(here, asking(app)))
    page = opened(here, asking(app, prompt="consent"))
    assert "May SPSE Kementerian Contoh see this?" in text_of(page)
    assert "code" in brought(allow(here, page))


def test_prompt_login_wants_a_new_proof_in_the_same_session() -> None:
    app, someone = spse(asks_consent=False), person()
    secret = with_app(someone)
    here = Browser().sign_in(someone, secret)
    session = here.session.id if here.session else None
    with later(minutes=5):
        page = opened(here, asking(app, prompt="login"))
        assert "confirm once more" in text_of(page)
        confirm = _action(page, "/login/step-up/start")
        answer = here.submit(confirm)
        answer = here.submit(answer["Location"], code=app_code(secret))
        assert answer["Location"].startswith(f"{HERE}?kept=")
        brought(here.get(answer["Location"]))
        row = newest()
        assert (clock.now() - row.signed_in_at).total_seconds() < 60
    assert row.session == session


def test_prompt_login_wants_it_of_somebody_without_an_app_too() -> None:
    """Their step-up page would else send them to add an app, again and again."""
    app, someone = spse(asks_consent=False), person()
    here = Browser().sign_in(someone)
    with later(minutes=5):
        page = opened(here, asking(app, prompt="login"))
        answer = here.submit(_action(page, "/login/step-up/start"))
        answer = here.submit(answer["Location"], code=world.mailed_code(someone))
        assert "code" in brought(here.get(answer["Location"]))


def _action(page: object, path: str) -> str:
    html = page.content.decode()  # type: ignore[attr-defined]
    found = re.search(rf'action="({re.escape(path)}[^"]*)"', html)
    assert found, path
    return found[1]


@pytest.mark.parametrize(("age", "fresh"), [("60", False), ("7200", True)])
def test_max_age_holds_the_last_proof_against_the_clock(age: str, fresh: bool) -> None:
    app, someone = spse(asks_consent=False), person()
    here = somebody(someone)
    with later(minutes=10):
        answer = opened(here, asking(app, max_age=age))
    assert (answer.status_code == 303) is fresh


def test_a_stronger_sign_in_is_asked_of_whoever_has_what_it_takes() -> None:
    app, someone = spse(asks_consent=False, least_acr=2), person()
    with_app(someone)
    page = opened(somebody(someone, Method.EMAIL_CODE), asking(app))
    assert "a stronger sign-in than the one you used" in text_of(page)
    assert _action(page, "/login/step-up/start")


def test_whoever_has_no_app_is_shown_how_to_add_one_and_may_go_back() -> None:
    app = spse(asks_consent=False, least_acr=2)
    here = somebody(None, Method.EMAIL_CODE)
    page = opened(here, asking(app))
    assert "Add an authenticator app" in text_of(page)
    assert 'href="/account/totp?next=%2Foauth2%2Fauthorize%3Fkept%3D' in page.content.decode()
    answer = here.submit("/oauth2/deny", page="/help", kept=field(page, "kept"))
    assert brought(answer)["error"] == "unmet_authentication_requirements"


def test_a_level_that_is_only_wished_for_stops_nobody_who_cannot_reach_it() -> None:
    app = spse(asks_consent=False)
    wish = {"acr_values": "urn:gapura:acr:3"}
    someone = person()
    with_app(someone)
    assert "code" in brought(opened(somebody(someone), asking(app, **wish)))


def test_a_request_waits_a_quarter_of_an_hour_and_is_answered_once() -> None:
    """Replay: a used request must not give a second code."""
    app, here = spse(), somebody()
    page = opened(here, asking(app))
    brought(allow(here, page))
    again = allow(here, page)
    assert again.status_code == 400
    assert "finished already" in text_of(again)
    page = opened(here, asking(app, prompt="consent"))
    with later(minutes=16):
        assert allow(here, page).status_code in {303, 400}
        late = here.get(f"{HERE}?kept={field(page, 'kept')}")
    assert late.status_code == 400
    assert Authorization.objects.count() == 1


@pytest.mark.parametrize("kept", ["", "x", "gpw_20261123" + "0" * 43, "gpp_20261123" + "0" * 43])
def test_a_made_up_handle_leads_to_a_page_that_says_so(kept: str) -> None:
    answer = somebody().get(f"{HERE}?kept={kept}")
    assert answer.status_code == 400
    assert "This sign-in cannot go on" in text_of(answer)


def test_the_handle_of_a_waiting_request_is_no_request_uri() -> None:
    app, here = spse(), Browser()
    waits = kept_behind(here.get(asking(app))["Location"])
    kept = parse_qs(urlsplit(waits).query)["kept"][0]
    uri = f"urn:ietf:params:oauth:request_uri:{kept}"
    address = f"{HERE}?{urlencode({'client_id': app.client_id, 'request_uri': uri})}"
    assert here.get(address).status_code == 400


def test_a_form_of_another_site_becomes_an_address_and_changes_nothing() -> None:
    """OpenID Connect Core 3.1.2.1: POST must work, and it comes without our cookies."""
    app = spse()
    form = "application/x-www-form-urlencoded"
    body = urlencode(members(app, state="å&=? #"))
    answer = Browser().post(HERE, body, content_type=form)
    assert answer.status_code == 303
    assert answer["Location"] == asking(app, state="å&=? #")
    assert not Pushed.objects.exists()
    told = brought(somebody().get(asking(app, state="å&=? #", prompt="none")))
    assert told["state"] == "å&=? #"


def test_somebody_who_is_suspended_meanwhile_gets_no_code() -> None:
    app, someone = spse(), person()
    here = somebody(someone)
    page = opened(here, asking(app))
    suspend_person(actor=system_actor("t"), person_id=someone.id, reason="Sedang diperiksa.")
    answer = allow(here, page)
    assert answer["Location"].startswith(HERE)
    assert here.get(answer["Location"])["Location"].startswith("/login")
    assert not Authorization.objects.exists()


def test_the_application_hears_of_a_hint_for_somebody_else() -> None:
    app, here = spse(), somebody()
    claims = '{"id_token":{"sub":{"value":"somebody-else"}}}'
    told = brought(here.get(asking(app, claims=claims)))
    assert told["error"] == "login_required"


def test_the_name_that_the_application_expects_stands_in_the_form() -> None:
    app, here = spse(), Browser()
    page = opened(here, asking(app, login_hint="budi@contoh.go.id"))
    assert 'value="budi@contoh.go.id"' in page.content.decode()


def test_the_language_that_the_application_wishes_holds_for_whoever_chose_none() -> None:
    app = spse()
    here = Browser()
    del here.cookies["lang"]
    page = opened(here, asking(app, ui_locales="fr en"))
    assert 'lang="en"' in page.content.decode()
    chosen = Browser("id")
    assert 'lang="id"' in opened(chosen, asking(app, ui_locales="en")).content.decode()


def test_sessions_of_nobody_are_left_alone() -> None:
    before = Session.objects.count()
    Browser().get(asking(spse()))
    assert Session.objects.count() == before
    assert SESSION == "session"


def test_a_stranger_does_not_fill_the_disk_with_requests_that_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody has proven anything yet, and each request that waits is a row."""
    monkeypatch.setattr(authorizing, "KEPT", throttle.Limit("sso.kept", 2, 600))
    app, here = spse(), Browser()
    answers = [here.get(asking(app)).status_code for _ in range(3)]
    assert answers == [303, 303, 429]
    assert Pushed.objects.count() == 2
    assert Browser(ip="198.51.100.77").get(asking(app)).status_code == 303
    assert somebody().get(asking(app)).status_code == 303, "whoever is signed in is known"
