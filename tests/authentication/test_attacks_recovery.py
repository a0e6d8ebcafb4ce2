"""Attacks on the way back: strangers who use up limits, and codes that go astray."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.models import Recovery
from gapura.authentication.services.recovery_asking import open_asked
from gapura.authentication.services.recovery_notices import stop_token
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from tests.authentication.recovering import (
    ask_without,
    named,
    newest,
    second,
    vouch,
)
from tests.authentication.world import (
    Browser,
    later,
    mailed_code,
    mails,
    person,
)

pytestmark = pytest.mark.django_db
STORY = "HP dan surel hilang di kereta."
Start = Callable[..., services.SignIn]


@pytest.fixture
def at_one_moment() -> Iterator[None]:
    """All limits count in windows: nothing here may cross the end of one."""
    with clock.frozen((clock.now() + timedelta(hours=1)).replace(minute=1)):
        yield


def own_device(someone: Person) -> Browser:
    """A browser that its owner has signed in with before, and out again."""
    here = Browser(ip="198.51.100.20").sign_in(someone)
    services.sign_out(actor=here.actor)
    here.token = ""
    return here


def strangers(many: int) -> Iterator[Browser]:
    """Each from another address, as a botnet has them."""
    return (Browser(ip=f"192.0.2.{number + 1}") for number in range(many))


def fill(start: Start, login: str, many: int = 30) -> None:
    """Strangers ask until nothing more is sent for this name."""
    for stranger in strangers(many):
        for _ in range(6):
            try:
                start(actor=stranger.actor, login=login)
            except TooMany:
                break


def sent(someone: Person, template: str) -> int:
    return mails(someone).count(template)


@pytest.mark.usefixtures("at_one_moment")
@pytest.mark.parametrize(
    ("start", "purpose"),
    [(services.start_reset, "reset"), (services.start_recovery, "recover")],
    ids=["forgot password", "lost everything"],
)
def test_strangers_who_fill_the_mailbox_do_not_keep_the_owners_device_out(
    start: Start, purpose: str
) -> None:
    """Attack: ask for codes in the owner's name, from many addresses, so that none is left."""
    someone = person()
    here = own_device(someone)
    fill(start, someone.username)
    before = sent(someone, f"{purpose}_code")
    here.keep(start(actor=here.actor, login=someone.username))
    assert sent(someone, f"{purpose}_code") == before + 1


@pytest.mark.usefixtures("at_one_moment")
def test_one_stranger_does_not_use_up_the_codes_of_a_name_for_others() -> None:
    """Attack: ask five times for the owner's name, so that the owner on a new device is refused."""
    someone = person()
    fill(services.start_reset, someone.username, many=1)
    here, before = Browser(ip="198.51.100.20"), sent(someone, "reset_code")
    here.keep(services.start_reset(actor=here.actor, login=someone.username))
    assert sent(someone, "reset_code") == before + 1


@pytest.mark.usefixtures("at_one_moment")
def test_a_botnet_fills_no_mailbox_with_more_than_twenty_codes_an_hour() -> None:
    """Attack: flood somebody with mails from as many addresses as there are."""
    someone = person()
    for name in (someone.username, someone.email):
        fill(services.start_reset, name, many=10)
    assert sent(someone, "reset_code") == 20


@pytest.mark.usefixtures("at_one_moment")
def test_one_address_gets_no_mails_for_any_number_of_names() -> None:
    """Attack: have a mail sent to everybody in a list of names."""
    here, refused = Browser(), 0
    for number in range(62):
        try:
            services.start_reset(actor=here.actor, login=f"name{number}")
        except TooMany:
            refused += 1
    assert refused == 2


@pytest.mark.usefixtures("at_one_moment")
def test_whoever_knows_the_password_does_not_use_up_the_codes_of_the_owners_device() -> None:
    """Attack: sign in with a stolen password again and again, so that no code is left."""
    someone = person()
    here = own_device(someone)
    for stranger in strangers(6):
        with pytest.raises(TooMany):
            stranger.begin(someone.username)
            for _ in range(6):
                services.send_email_code(actor=stranger.actor)
    with later(seconds=1):
        assert here.sign_in(someone).actor.signed_in


@pytest.mark.usefixtures("at_one_moment")
def test_strangers_who_ask_for_help_do_not_keep_the_owners_device_from_asking() -> None:
    """Attack: ask three times a day for a way back to somebody's account, so that they cannot."""
    someone = person()
    here = own_device(someone)
    for stranger in strangers(4):
        with pytest.raises(TooMany):
            for _ in range(4):
                services.ask_without_mailbox(
                    actor=stranger.actor, login=someone.username, story=STORY
                )
    services.ask_without_mailbox(actor=here.actor, login=someone.username, story=STORY)


@pytest.mark.usefixtures("at_one_moment")
def test_wrong_codes_of_strangers_do_not_hold_the_owners_device_on_any_way_back() -> None:
    """Attack: type wrong codes for a name until nobody may try any more."""
    someone = person()
    here = own_device(someone)
    for stranger in strangers(3):
        stranger.keep(services.start_recovery(actor=stranger.actor, login=someone.username))
        for _ in range(5):
            with pytest.raises(Problem):
                services.ask_recovery(actor=stranger.actor, code="no code")
    with later(seconds=1):
        here.keep(services.start_recovery(actor=here.actor, login=someone.username))
        services.ask_recovery(actor=here.actor, code=mailed_code(someone, "recover"))
    assert newest(someone).evidence["mailbox"]


@pytest.mark.usefixtures("personas", "at_one_moment")
def test_strangers_open_three_ways_back_a_day_however_often_they_are_stopped() -> None:
    """Attack: pester the owner and the verifiers from many addresses; the owner may still ask."""
    someone = named("ppk")
    for stranger in strangers(5):
        open_asked(actor=Actor(ip=stranger.ip), login=someone.username, story=STORY)
        for row in Recovery.objects.filter(person=someone, state="asked"):
            services.stop_by_link(actor=Browser().actor, token=stop_token(row.id))
    assert Recovery.objects.filter(person=someone).count() == 3
    open_asked(actor=Actor(ip="198.51.100.20"), login=someone.username, story=STORY, own=True)
    assert Recovery.objects.filter(person=someone, state="asked").count() == 1


@pytest.mark.usefixtures("personas")
def test_the_code_that_proves_the_old_mailbox_never_goes_to_the_new_one() -> None:
    """Attack: name a new address for the account, then “Yes, I read mail” with its code."""
    row = ask_without(named("ppk"))
    vouch(row, new_email="baru.saja@contoh.go.id")
    second(row)
    here = Browser()
    here.keep(services.start_recovery(actor=here.actor, login="ppk"))
    mail = Mail.objects.filter(template__endswith="recover_code.txt").latest("created_at")
    assert mail.address == row.person.email
