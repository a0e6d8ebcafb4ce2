"""/oauth2/consent: what a person answers, and who may answer it."""

import pytest

from gapura.audit.models import LogEvent
from gapura.authentication.models import Session
from gapura.sso.models import Authorization, Consent
from gapura.sso.protocol.scopes import SCOPES
from tests.authentication.world import person
from tests.sso.world import CALLBACK
from tests.web.browser import CSRF, SESSION, Browser, text_of
from tests.web.oauth2.asking import (
    HERE,
    ORIGIN,
    allow,
    asking,
    brought,
    field,
    newest,
    opened,
    somebody,
    spse,
)

pytestmark = pytest.mark.django_db
ALL = "openid profile email phone offline_access grants identity"


def test_the_page_says_in_plain_words_what_is_asked_and_where_one_goes() -> None:
    app, here = spse(), somebody()
    text = text_of(opened(here, asking(app, scope="openid profile email")))
    for name in ("openid", "profile", "email"):
        assert SCOPES[name].text in text
    assert SCOPES["phone"].text not in text
    assert "It never sees your password, your codes or your identity numbers." in text
    assert "Afterwards you come to: app.example.go.id" in text
    assert "Rara Anggraini" in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_scope_has_words_on_the_page(language: str) -> None:
    app = spse(scopes=ALL.split())
    here = somebody()
    here.cookies["lang"] = language
    page = opened(here, asking(app, scope=ALL))
    assert page.content.decode().count("<li>") >= len(ALL.split())


def test_a_claim_asked_by_name_is_shown_as_what_it_is() -> None:
    """A way around the question: the claims parameter instead of a scope."""
    app, here = spse(), somebody()
    page = opened(here, asking(app, claims='{"userinfo":{"email":null}}'))
    assert SCOPES["email"].text in text_of(page)
    allow(here, page)
    assert Consent.objects.get().scopes == ["email", "openid", "profile"]


def test_more_than_before_is_asked_by_itself() -> None:
    app, here = spse(), somebody()
    allow(here, opened(here, asking(app)))
    page = opened(here, asking(app, scope="openid profile email"))
    asked, _, before = text_of(page).partition("What you allowed before")
    assert SCOPES["email"].text in asked
    assert SCOPES["profile"].text in before
    brought(allow(here, page))
    assert Consent.objects.get().scopes == ["email", "openid", "profile"]
    names = LogEvent.objects.filter(name__startswith="sso.consent").order_by("id")
    assert [one.name for one in names] == ["sso.consent.given", "sso.consent.widened"]


def test_a_no_goes_back_with_nothing() -> None:
    app, here = spse(), somebody()
    page = opened(here, asking(app))
    told = brought(here.submit("/oauth2/deny", page="/help", kept=field(page, "kept")))
    assert (told["error"], told["state"]) == ("access_denied", "s-1")
    assert not Consent.objects.exists()
    assert not Authorization.objects.exists()
    assert allow(here, page).status_code == 400


def test_a_page_of_one_person_is_not_answered_by_another() -> None:
    """Two windows: one is signed in as somebody else, the other still asks."""
    app = spse()
    here, other = somebody(), somebody(person())
    page = opened(here, asking(app))
    here.cookies[SESSION] = other.cookies[SESSION].value
    answer = allow(here, page)
    assert answer["Location"] == f"{HERE}?kept={field(page, 'kept')}"
    assert not Consent.objects.exists()
    assert "May SPSE" in text_of(here.get(answer["Location"]))


def test_whoever_was_signed_out_meanwhile_signs_in_and_is_asked_again() -> None:
    app, here = spse(), somebody()
    page = opened(here, asking(app))
    here.submit("/logout")
    answer = allow(here, page)
    assert answer["Location"].startswith(HERE)
    assert here.get(answer["Location"])["Location"].startswith("/login?next=")
    assert not Consent.objects.exists()


@pytest.mark.parametrize("path", ["/oauth2/consent", "/oauth2/deny", "/oauth2/another"])
def test_no_answer_counts_without_the_form_token(path: str) -> None:
    """Cross-site request forgery: an application that allows itself something."""
    app, here = spse(), somebody()
    page = opened(here, asking(app))
    fields = {"kept": field(page, "kept"), "person": field(page, "person")}
    assert here.post(path, fields).status_code == 403
    foreign = {"csrfmiddlewaretoken": Browser().get("/help").cookies.get(CSRF, "x")}
    assert here.post(path, {**fields, **foreign}).status_code == 403
    assert not Consent.objects.exists()
    assert here.session is not None


@pytest.mark.parametrize("scope", ["openid", "openid profile"])
def test_a_form_skips_no_sign_in_that_was_asked_for(scope: str) -> None:
    """Step skipping: the consent form is sent although a new proof is what is missing."""
    app, someone = spse(), person()
    here = somebody(someone)
    page = opened(here, asking(app, prompt="login", scope=scope))
    kept = field(page, "kept")
    answer = here.submit("/oauth2/consent", page="/help", kept=kept, person=str(someone.id))
    assert answer.status_code == 200
    assert "confirm once more" in text_of(answer)
    assert not Authorization.objects.exists()


def test_another_account_is_chosen_by_signing_out_and_keeps_the_request() -> None:
    app, here = spse(), somebody()
    page = opened(here, asking(app))
    kept = field(page, "kept")
    answer = here.submit("/oauth2/another", page="/help", kept=kept)
    assert answer["Location"] == f"/login?next=%2Foauth2%2Fauthorize%3Fkept%3D{kept}"
    assert not Session.objects.filter(ended_at__isnull=True).exists()
    here.cookies[SESSION] = somebody(person()).cookies[SESSION].value
    assert "code" in brought(allow(here, here.get(f"{HERE}?kept={kept}")))


def test_a_test_application_is_marked() -> None:
    here = somebody()
    assert "This is a test application" in text_of(opened(here, asking(spse(sandbox=True))))
    assert "This is a test application" not in text_of(opened(here, asking(spse())))


def test_nobody_frames_the_question() -> None:
    """Clickjacking (RFC 9700 4.16)."""
    page = opened(somebody(), asking(spse()))
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("uri", "origin"),
    [
        (CALLBACK, ORIGIN),
        ("http://127.0.0.1:7000/cb", "http://127.0.0.1:7000"),
        ("id.go.contoh.app:/cb", "id.go.contoh.app:"),
    ],
)
def test_the_form_may_be_followed_to_the_application_and_nowhere_else(
    uri: str, origin: str
) -> None:
    app = spse(redirect_uris=[uri], native=True)
    page = opened(somebody(), asking(app, redirect_uri=uri))
    policy = page["Content-Security-Policy"]
    assert f"form-action 'self' {origin};" in policy
    assert policy.startswith("default-src 'none'; script-src 'self';")
    elsewhere = somebody().get("/help")["Content-Security-Policy"]
    assert "form-action 'self';" in elsewhere


def test_names_of_applications_are_text() -> None:
    """Cross-site scripting through a registration."""
    page = opened(somebody(), asking(spse(name="<script>alert(1)</script>")))
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()


def test_what_was_allowed_by_name_is_kept_with_the_sign_on() -> None:
    app, here = spse(), somebody()
    allow(here, opened(here, asking(app, claims='{"id_token":{"email":null,"x":null}}')))
    assert '"email"' in newest().claims
    assert '"x"' not in newest().claims
