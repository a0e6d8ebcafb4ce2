"""D20 and D25: sessions that were planted or kept, and steps that are skipped."""

from typing import Any

import pytest
from django.conf import settings

from gapura.authentication import services
from gapura.authentication.models import Session
from gapura.authentication.rules import CODE_DIGITS, CODES_DAY
from tests.authentication.world import PASSWORD, SYSTEM, app_code, mailed_code, person, with_app
from tests.personas import ClientFor
from tests.web.browser import SESSION, Browser

pytestmark = pytest.mark.django_db

DEEP = (
    "/",
    "/account",
    "/account/security",
    "/account/email",
    "/account/passkeys/new",
    "/requests",
    "/requests/queue",
    "/console/log",
    "/orders",
)


def _half_way() -> tuple[Browser, str]:
    """The password is right, the second factor is still missing; and the app's secret."""
    someone = person()
    secret, here = with_app(someone), Browser()
    here.submit("/login", username=someone.username, password=PASSWORD)
    return here, secret


def _cookie(here: Browser) -> str:
    return here.cookies[SESSION].value


def test_d20_the_cookie_changes_at_every_step_up() -> None:
    """Attack: session fixation, at the password, at the code, and at a step-up."""
    someone, here = person(), Browser()
    secret = with_app(someone)
    seen = []
    here.submit("/login", username=someone.username, password=PASSWORD)
    seen.append(_cookie(here))
    here.submit("/login/code/method", method="email_code")
    here.submit("/login/code", code=mailed_code(someone))
    seen.append(_cookie(here))
    here.get("/login/step-up")
    here.submit("/login/step-up", code=app_code(secret))
    seen.append(_cookie(here))
    assert (here.acr, len(set(seen))) == (2, 3)
    for old in seen[:-1]:
        thief = Browser()
        thief.cookies[SESSION] = old
        assert thief.get("/account").status_code == 303


def test_d20_a_planted_cookie_is_replaced() -> None:
    """Attack: give somebody a session of one's own, and wait until they sign in."""
    attacker, victim, someone = Browser(), Browser(), person()
    attacker.submit("/login", username=person().username, password=PASSWORD)
    planted = _cookie(attacker)
    victim.cookies[SESSION] = planted
    victim.sign_in(someone)
    assert victim.acr == 1
    assert _cookie(victim) != planted
    assert attacker.get("/account").status_code == 303


def test_d20_no_session_stands_in_an_address() -> None:
    """Attack: read a session from a log, a bookmark or a Referer, or send one in a link."""
    here = Browser().sign_in(person())
    token, stranger = _cookie(here), Browser()
    for name in (SESSION, "sid", "sessionid", "token", "jsessionid"):
        assert stranger.get(f"/account?{name}={token}").status_code == 303
    assert stranger.get(f"/account;jsessionid={token}").status_code in {303, 404}
    assert stranger.post("/account/edit", {SESSION: token}).status_code in {303, 403}
    for path in ("/", "/account", "/account/security"):
        assert token not in here.get(path).content.decode()


@pytest.mark.parametrize("deed", ["locked", "everywhere", "signed out"])
def test_d20_the_old_cookie_is_dead_at_once(deed: str) -> None:
    """Attack: go on with a stolen cookie after its owner has ended it."""
    someone = person()
    here, thief = Browser().sign_in(someone), Browser()
    thief.cookies[SESSION] = _cookie(here)
    assert thief.get("/account").status_code == 200
    if deed == "locked":
        services.lock_account(actor=SYSTEM, person=someone.id, why="not_me")
    elif deed == "everywhere":
        here.submit("/account/security/sign-out-everywhere", "/account/security")
    else:
        here.submit("/logout")
    assert thief.get("/account").status_code == 303


@pytest.mark.parametrize("path", DEEP)
def test_d25_no_page_opens_between_password_and_code(path: str) -> None:
    """Attack: skip the second factor by typing the address of a page."""
    here, _ = _half_way()
    answer = here.get(path)
    assert here.acr == 0
    if path != "/":
        assert answer.status_code == 303
        assert answer["Location"].startswith("/login")


@pytest.mark.parametrize(
    "path",
    [
        "/login/step-up",
        "/login/step-up/start",
        "/login/step-up/method",
        "/login/step-up/passkey",
        "/recover/password",
        "/recover/return/password",
        "/account/password",
        "/account/password/required",
        "/account/email/code",
        "/account/totp/new",
        "/account/backup-codes",
    ],
)
def test_d25_no_later_step_takes_a_form_before_its_turn(path: str) -> None:
    """Attack: send the form of a later step first."""
    here, secret = _half_way()
    fields = {"code": app_code(secret), "password": PASSWORD, "new": PASSWORD, "method": "totp"}
    answer = here.submit(path, "/login/code", **fields)
    assert answer.status_code in {303, 404, 405}
    assert here.acr == 0
    assert not Session.objects.filter(acr__gt=0).exists()


def test_d25_the_level_tells_the_truth(client_for: ClientFor) -> None:
    """Attack: act with a code by e-mail where an app is demanded."""
    weak: Any = client_for("verifikator", acr=1)
    answer = weak.get("/requests/queue")
    assert (answer.status_code, answer["Location"]) == (
        303,
        "/login/step-up?next=%2Frequests%2Fqueue",
    )


def test_d25_a_code_of_another_step_signs_nobody_in() -> None:
    """Attack: the code for a new password typed at the sign-in."""
    someone, here = person(), Browser()
    here.submit("/recover", login=someone.username)
    code = mailed_code(someone, "reset")
    here.submit("/login", username=someone.username, password=PASSWORD)
    assert here.submit("/login/code", code=code).status_code == 422
    assert here.acr == 0


def test_d18_a_code_by_e_mail_is_guessed_less_than_once_in_ten_thousand_days() -> None:
    """Attack: patience against six digits; all tries of one account in a day together."""
    assert CODES_DAY.seconds == 86400
    assert CODES_DAY.count / 10**CODE_DIGITS < 1e-4


def test_d20_the_cookie_is_for_this_host_only() -> None:
    """Attack: a neighboring host plants or reads the cookie."""
    here = Browser().sign_in(person())
    cookie = here.cookies[SESSION]
    assert (cookie["domain"], cookie["path"], cookie["samesite"]) == ("", "/", "Lax")
    assert cookie["httponly"]
    assert settings.SESSION_COOKIE in {SESSION, f"__Host-{SESSION}"}
