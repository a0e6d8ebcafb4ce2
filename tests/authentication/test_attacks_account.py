"""Attacks on an account by somebody who has its password and its mailbox, and not its app."""

from collections.abc import Callable

import pytest

from gapura.accounts import services as accounts
from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import WrongAppCode
from gapura.authentication.methods import totp
from gapura.authentication.models import Device, Totp
from gapura.authentication.rules import CODES_YOUNG, DEVICE_YOUNG, Method
from gapura.authentication.services import Deed
from gapura.kernel import clock, throttle
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.kernel.throttle import TooMany
from tests.authentication.world import (
    CHROME,
    Browser,
    app_code,
    later,
    mailed_code,
    person,
    with_app,
)

pytestmark = pytest.mark.django_db
NEW = "pencuri@contoh.go.id"
PHONE = "+6281355577001"
DIGEST, SIGN = "ab" * 32, "purchasing.order.sign"


def _thief(owner: Person) -> Browser:
    """Signed in by password and mailbox, as somebody may who has both and not the app."""
    here = Browser(ip="198.51.100.66", user_agent=CHROME)
    asked = here.begin(owner.username)
    if asked.method is not Method.EMAIL_CODE:
        here.keep(services.choose_method(actor=here.actor, method=Method.EMAIL_CODE))
    here.finish(mailed_code(owner))
    assert here.actor.acr == 1
    return here


def _deeds(here: Browser) -> list[Callable[[], object]]:
    """All ways to change how the owner is reached."""
    actor = here.actor
    return [
        lambda: services.begin_email_change(actor=actor, email=NEW),
        lambda: services.finish_email_change(actor=actor, code="123456"),
        lambda: accounts.begin_email_change(actor=actor, email=NEW),
        lambda: accounts.finish_email_change(actor=actor),
        lambda: accounts.begin_phone(actor=actor, phone=PHONE, channel="sms"),
        lambda: accounts.confirm_phone(actor=actor, code="123456"),
        lambda: accounts.remove_phone(actor=actor),
    ]


def test_with_password_and_mailbox_alone_the_contacts_of_an_account_with_an_app_stay() -> None:
    """Attack: take the e-mail and the phone of somebody who has an app and no role yet."""
    owner = person()
    with_app(owner)
    for deed in _deeds(_thief(owner)):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.verdict.only_needs_strength, "the page leads to the app"
    owner.refresh_from_db()
    assert (owner.pending_email, owner.phone) == ("", None)


def test_a_browser_left_open_changes_no_telephone_and_no_address() -> None:
    """Attack: sit down at a computer whose owner proved a factor half an hour ago."""
    owner = person()
    here = Browser().sign_in(owner)
    with later(minutes=21):
        for deed in _deeds(here):
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.verdict.only_needs_strength


def _confirm(here: Browser, code: str) -> Deed:
    return services.confirm_deed(actor=here.actor, code=code, digest=DIGEST, deed=SIGN)


def _fail(here: Browser, times: int) -> None:
    for _ in range(times):
        with pytest.raises(FieldProblems):
            _confirm(here, "abcdef")


def _fresh_code(owner: Person, secret: str) -> str:
    Totp.objects.filter(person=owner).update(last_step=0)
    return app_code(secret)


def test_wrong_codes_from_elsewhere_do_not_stop_the_owners_signature() -> None:
    """Attack: keep an officer from signing by wrong codes in another browser."""
    owner = person()
    secret = with_app(owner)
    here = Browser().sign_in(owner, secret)
    with later(minutes=2):
        thief = _thief(owner)
        _fail(thief, 10)
        with pytest.raises(TooMany):
            _confirm(thief, _fresh_code(owner, secret))
        guessing = Browser(ip="198.51.100.67")
        guessing.begin(owner.username)
        for _ in range(10):
            with pytest.raises(WrongAppCode):
                guessing.finish("abcdef")
        assert _confirm(here, _fresh_code(owner, secret)).method == "totp"


def test_one_browser_after_the_other_gives_no_endless_guesses() -> None:
    """Attack: sign in by mailbox with a new browser for each ten guesses at the app's code."""
    owner = person()
    secret = with_app(owner)
    old = Browser().sign_in(owner, secret)
    Device.objects.filter(person=owner).update(first_seen_at=clock.now() - DEVICE_YOUNG)
    with later(minutes=2):
        young = _thief(owner)
    with later(minutes=3):
        another = _thief(owner)
        _fail(young, 1)
        for _ in range(CODES_YOUNG.count - 1):
            throttle.count(CODES_YOUNG, f"sign_in:{owner.id}")
        for browser in (young, another):
            with pytest.raises(TooMany):
                _confirm(browser, _fresh_code(owner, secret))
        assert _confirm(old, _fresh_code(owner, secret)).method == "totp", "known for a week"


def test_a_guess_at_the_bound_of_new_browsers_succeeds_less_than_once_in_five_years() -> None:
    codes_that_fit = 1 + 2 * totp.DRIFT  # the step of now, and those before and after
    assert CODES_YOUNG.count * codes_that_fit / 10**6 < 1 / (5 * 365)
