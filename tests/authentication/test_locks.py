"""“This was not me”: the account is locked from a mail, and opened again by its owner."""

import re

import pytest

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import DisavowalOver, FlowOver, NotLocked
from gapura.authentication.models import AccountLock, Device, Password
from gapura.authentication.queries import (
    disavowal_for,
    lock_of,
    turned_away,
)
from gapura.authentication.rules import Step
from gapura.authentication.services.disavowals import PAGE
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from tests.authentication.world import (
    CHROME,
    OTHER_PASSWORD,
    SYSTEM,
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

pytestmark = pytest.mark.django_db


def _token_in_mail(found: Person) -> str:
    """The link in the newest notice of a new device."""
    rows = Mail.objects.filter(person=found.id, template__endswith="new_device.txt")
    text = rows.order_by("-created_at").first()
    link = re.search(rf"{PAGE}(\S+)", text.body or "") if text else None
    assert link
    return link[1]


def _disowned() -> tuple[Person, str, Browser, str]:
    """Somebody with an app whose account a stranger has signed in to; the link of the notice."""
    someone = person()
    secret = with_app(someone)
    Browser().sign_in(someone, secret)
    with later(seconds=30):
        stranger = Browser(ip="198.51.100.66", user_agent=CHROME).sign_in(someone, secret)
    return someone, secret, stranger, _token_in_mail(someone)


def test_the_link_says_what_it_is_about_and_changes_nothing_by_being_opened() -> None:
    """Attack on usability: programs that check mails open every link."""
    someone, _, stranger, token = _disowned()
    for _ in range(2):
        about = disavowal_for(token)
    assert (about.device, about.ip) == ("Chrome, Windows", "198.51.100.66")
    assert lock_of(someone.id) is None
    assert stranger.actor.signed_in


def test_the_link_locks_the_account_signed_out_and_once() -> None:
    someone, _, stranger, token = _disowned()
    services.disavow(actor=Browser().actor, token=token)
    lock = lock_of(someone.id)
    assert lock
    assert lock.why == "not_me"
    assert not stranger.actor.signed_in
    assert Password.objects.get(person=someone).must_change == "compromised"
    assert not Device.objects.filter(person=someone, forgotten_at__isnull=True).exists()
    assert "account_locked" in mails(someone)
    assert events("authentication.account.disavowed", someone) == [{"what": "sign_in"}]
    with pytest.raises(DisavowalOver):
        services.disavow(actor=Browser().actor, token=token)
    assert AccountLock.objects.filter(person=someone).count() == 1


@pytest.mark.django_db(transaction=True)
def test_d15_of_two_at_once_one_uses_the_link() -> None:
    """Attack: the same link in parallel."""
    someone, _, _, token = _disowned()
    nobody = Browser().actor
    ends = at_once(4, lambda n: services.disavow(actor=nobody, token=token))
    assert sum(not isinstance(end, Exception) for end in ends) == 1
    assert len(events("authentication.account.locked", someone)) == 1


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "\ud800", "x" * 10_000])
def test_a_made_up_link_does_nothing(token: str) -> None:
    """Attack: guess a link and lock somebody's account."""
    with pytest.raises(DisavowalOver):
        services.disavow(actor=Browser().actor, token=token)


def test_the_link_is_over_after_ten_days() -> None:
    *_, token = _disowned()
    with later(hours=241), pytest.raises(DisavowalOver):
        services.disavow(actor=Browser().actor, token=token)


def test_a_locked_account_is_told_after_the_second_factor_only() -> None:
    """Attack: find out with a password alone that its owner has noticed."""
    someone, secret, _, token = _disowned()
    services.disavow(actor=Browser().actor, token=token)
    here = Browser()
    with later(seconds=60):
        assert here.begin(someone.username).step is Step.SECOND_FACTOR
        with pytest.raises(FlowOver):
            turned_away(here.view)
        assert here.finish(app_code(secret)).step is Step.TURNED_AWAY
        assert turned_away(here.view).why == "not_me"
    assert not here.actor.signed_in
    assert events("authentication.session.turned_away", someone) == [{"why": "not_me"}]


def test_a_new_password_with_the_second_factor_opens_the_account() -> None:
    someone, secret, _, token = _disowned()
    services.disavow(actor=Browser().actor, token=token)
    here = Browser()
    with later(seconds=90):
        here.keep(services.start_reset(actor=here.actor, login=someone.username))
        here.keep(services.check_reset(actor=here.actor, code=mailed_code(someone, "reset")))
        here.keep(services.check_reset(actor=here.actor, code=app_code(secret)))
        services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    assert lock_of(someone.id) is None
    assert "account_unlocked" in mails(someone)
    with later(seconds=180):
        again = Browser()
        again.begin(someone.username, OTHER_PASSWORD)
        again.finish(app_code(secret))
        assert again.actor.signed_in


def test_a_lock_of_the_desk_is_not_opened_by_a_new_password() -> None:
    someone = person()
    secret, here = with_app(someone), Browser()
    services.lock_account(actor=SYSTEM, person=someone.id, why="desk", reason="odd sign-ins")
    here.keep(services.start_reset(actor=here.actor, login=someone.username))
    here.keep(services.check_reset(actor=here.actor, code=mailed_code(someone, "reset")))
    here.keep(services.check_reset(actor=here.actor, code=app_code(secret)))
    services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    assert lock_of(someone.id)
    services.lift_lock(actor=SYSTEM, person=someone.id, reason="spoke with her")
    with pytest.raises(NotLocked):
        services.lift_lock(actor=SYSTEM, person=someone.id, reason="again")


def test_nobody_locks_or_opens_an_account_by_calling_the_service() -> None:
    mine, theirs = Browser().sign_in(person()), person()
    with pytest.raises(Refused):
        services.lock_account(actor=mine.actor, person=theirs.id, why="desk")
    with pytest.raises(Refused):
        services.lift_lock(actor=mine.actor, person=theirs.id, reason="why not")


@pytest.mark.django_db(transaction=True)
def test_whoever_signs_in_while_the_account_is_locked_is_not_left_inside() -> None:
    """Attack: finish a sign-in at the moment the owner says that it was somebody else."""
    someone, secret, _, token = _disowned()
    here, nobody = Browser(), Browser().actor
    with later(seconds=60):
        here.begin(someone.username)
        actor, code = here.actor, app_code(secret)

        def act(number: int) -> None:
            if number:
                services.disavow(actor=nobody, token=token)
            else:
                here.keep(services.finish_sign_in(actor=actor, code=code))

        at_once(2, act)
    assert lock_of(someone.id)
    assert not here.actor.signed_in


def test_the_link_of_a_factor_change_names_it() -> None:
    someone = person()
    path = services.link_for(someone.id, "totp")
    assert path.startswith(PAGE)
    assert "authenticator app" in disavowal_for(path.removeprefix(PAGE)).what
