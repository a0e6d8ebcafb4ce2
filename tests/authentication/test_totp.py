"""Authenticator apps: the published vectors, and each replay."""

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest

from gapura.authentication import services
from gapura.authentication.errors import AppCodeUsed, NothingToConfirm, WrongAppCode
from gapura.authentication.methods import totp
from gapura.authentication.models import Totp
from gapura.authentication.queries import disavowal_for, factors_of, pending_totp, pending_totp_qr
from gapura.authentication.rules import Method
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from tests.authentication.world import (
    Browser,
    app_code,
    at_once,
    events,
    later,
    mailed_code,
    mails,
    person,
    with_app,
)

KEY = b"12345678901234567890"
RFC4226_CODES = (
    *("755224", "287082", "359152", "969429", "338314"),
    *("254676", "287922", "162583", "399871", "520489"),
)
NO_CODES = ["", "12345", "1234567", "١٢٣٤٥٦", "12 456", "abcdef", "0" * 10_000]


@pytest.mark.parametrize(("counter", "code"), list(enumerate(RFC4226_CODES)))
def test_rfc4226_appendix_d(counter: int, code: str) -> None:
    assert totp.hotp(KEY, counter) == code


@pytest.mark.parametrize(
    ("seconds", "sha1", "sha256", "sha512"),
    [
        (59, "94287082", "46119246", "90693936"),
        (1111111109, "07081804", "68084774", "25091201"),
        (1111111111, "14050471", "67062674", "99943326"),
        (1234567890, "89005924", "91819424", "93441116"),
        (2000000000, "69279037", "90698825", "38618901"),
        (20000000000, "65353130", "77737706", "47863826"),
    ],
)
def test_rfc6238_appendix_b(seconds: int, sha1: str, sha256: str, sha512: str) -> None:
    keys = {"sha1": KEY, "sha256": (KEY * 2)[:32], "sha512": (KEY * 4)[:64]}
    codes = {"sha1": sha1, "sha256": sha256, "sha512": sha512}
    for algorithm, key in keys.items():
        assert totp.hotp(key, seconds // 30, 8, algorithm) == codes[algorithm]


def test_the_step_comes_from_the_clock() -> None:
    secret = base64.b32encode(KEY).decode()
    with clock.frozen(datetime.fromtimestamp(1234567890, UTC)):
        assert totp.code_at(secret, totp.step_now()) == "005924"


@pytest.fixture
def secret(db: None) -> str:
    someone = person()
    return with_app(someone)


def the_app() -> Totp:
    return Totp.objects.get()


def test_the_same_step_twice_is_refused(secret: str) -> None:
    assert totp.check(the_app(), app_code(secret)) is None
    assert isinstance(totp.check(the_app(), app_code(secret)), AppCodeUsed)


def test_an_older_step_after_a_newer_one_is_refused(secret: str) -> None:
    assert totp.check(the_app(), app_code(secret, +1)) is None
    assert isinstance(totp.check(the_app(), app_code(secret)), AppCodeUsed)
    assert isinstance(totp.check(the_app(), app_code(secret, -1)), AppCodeUsed)


def test_no_reuse_when_the_clock_goes_back(secret: str) -> None:
    at = clock.now()
    with clock.frozen(at):
        code = app_code(secret)
        assert totp.check(the_app(), code) is None
    with clock.frozen(at - timedelta(seconds=30)):
        assert isinstance(totp.check(the_app(), code), AppCodeUsed)


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_one_step_of_drift_and_no_more(secret: str, steps: int, accepted: bool) -> None:
    with clock.frozen(clock.now()):
        assert (totp.check(the_app(), app_code(secret, steps)) is None) is accepted


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "١٢٣٤٥٦", "12 456", "abcdef", "0" * 10_000]
)
def test_what_is_no_code_is_wrong(secret: str, typed: str) -> None:
    assert isinstance(totp.check(the_app(), typed), WrongAppCode)


@pytest.mark.django_db(transaction=True)
def test_the_same_code_in_parallel_opens_one_session() -> None:
    someone = person()
    secret = with_app(someone)
    browsers = [Browser(ip=f"198.51.100.{n}") for n in range(6)]
    for browser in browsers:
        browser.begin(someone.username)
    code = app_code(secret)
    answers = at_once(6, lambda n: browsers[n].finish(code))
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert sum(isinstance(answer, AppCodeUsed) for answer in answers) == 5


@pytest.mark.django_db
def test_the_secret_is_not_readable_in_the_table() -> None:
    someone = person()
    secret = with_app(someone)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM authentication_totp")
        kept = bytes(cursor.fetchone()[0])
    assert secret.encode() not in kept
    assert base64.b32decode(secret) not in kept


@pytest.mark.django_db
def test_enrolling_gives_a_key_a_picture_and_then_strength() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    assert here.actor.acr == 1
    shown = services.enroll_totp(actor=here.actor, name="Telepon")
    assert pending_totp(here.actor) == shown
    picture = pending_totp_qr(here.actor)
    assert picture.startswith(b"<?xml")
    assert b"style=" not in picture
    assert b"<script" not in picture
    assert shown.uri.startswith(f"otpauth://totp/Gapura:{someone.username}?secret=")
    secret, old = shown.key.replace(" ", ""), here.token
    with pytest.raises(WrongAppCode):
        services.confirm_totp(actor=here.actor, code="000000")
    done = services.confirm_totp(actor=here.actor, code=app_code(secret))
    here.keep(done.sign_in)
    assert here.actor.acr == 2
    assert not Browser(token=old).actor.signed_in
    assert len(done.recovery_codes) == 10
    assert factors_of(here.actor).totp_name == "Telepon"
    assert mails(someone)[-1] == "totp_enrolled"
    told = Mail.objects.filter(person=someone.id).latest("created_at", "id").body or ""
    link = re.search(r"/login/not-me/(\S+)", told)
    assert link
    assert "authenticator app" in disavowal_for(link[1]).what
    assert len(events("authentication.totp.enrolled", someone)) == 1
    with pytest.raises(NothingToConfirm):
        services.confirm_totp(actor=here.actor, code=app_code(secret, +1))


@pytest.mark.django_db
def test_an_email_code_does_not_replace_an_app_that_is_in_use() -> None:
    someone = person()
    with_app(someone)
    here = Browser()
    here.begin(someone.username)
    here.keep(services.choose_method(actor=here.actor, method=Method.EMAIL_CODE))
    here.finish(mailed_code(someone))
    assert here.actor.acr == 1
    for act in (services.enroll_totp, services.remove_totp, services.make_recovery_codes):
        with pytest.raises(Refused):
            act(actor=here.actor)


@pytest.mark.django_db
def test_factors_change_only_with_a_fresh_proof() -> None:
    someone = person()
    secret = with_app(someone)
    here = Browser().sign_in(someone, secret)
    with later(minutes=19):
        services.enroll_totp(actor=here.actor)
    with later(minutes=21), pytest.raises(Refused) as refused:
        services.enroll_totp(actor=here.actor)
    assert [c.name for c in refused.value.verdict.missing] == ["proved_recently"]


@pytest.mark.django_db
def test_a_replaced_app_stops_working_and_until_then_does_not() -> None:
    someone = person()
    old = with_app(someone)
    here = Browser().sign_in(someone, old)
    new = services.enroll_totp(actor=here.actor).key.replace(" ", "")
    assert totp.check(Totp.objects.get(confirmed_at__isnull=False), app_code(old, +1)) is None
    services.confirm_totp(actor=here.actor, code=app_code(new))
    assert isinstance(totp.check(the_app(), app_code(old, +1)), WrongAppCode)
    assert events("authentication.totp.enrolled", someone)[-1]["replaced"] is True


@pytest.mark.django_db
def test_only_the_system_issues_apps() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    with pytest.raises(Refused):
        services.issue_totp(actor=here.actor, person=someone.id, secret=totp.new_secret())
