"""A forgotten password without an app: the telephone, or a day's wait; never the mailbox alone."""

import re
from datetime import timedelta
from itertools import count

import pytest

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import FlowOver, NothingWaits, WrongCode
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Recovery
from gapura.authentication.rules import Method, Step
from gapura.kernel import clock
from gapura.kernel.throttle import TooMany
from tests.authentication.recovering import stop_link
from tests.authentication.world import (
    OTHER_PASSWORD,
    SYSTEM,
    Browser,
    events,
    mailed_code,
    mails,
    person,
)
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
_numbers = count(81377700001)


def asked(login: str) -> Browser:
    here = Browser()
    here.keep(services.start_reset(actor=here.actor, login=login))
    return here


def check(here: Browser, code: str) -> services.SignIn:
    return here.keep(services.check_reset(actor=here.actor, code=code))


def begun(someone: Person) -> tuple[Browser, Recovery]:
    """The mailbox is proven; a wait runs."""
    here = asked(someone.username)
    assert check(here, mailed_code(someone, "reset")).step is Step.RESET_WAIT
    return here, Recovery.objects.get(person=someone, state="waiting")


def with_phone() -> Person:
    number = f"+62{next(_numbers)}"
    return person(phone=number, phone_verified_at=clock.now())


def texted(authorities: Authorities, someone: Person) -> str:
    found = re.search(r"\b(\d{6})\b", authorities.sent(someone.phone or "")[0]["text"])
    assert found
    return found[1]


def test_one_mailbox_is_not_the_account() -> None:
    """Attack: whoever reads the mail of a verified person takes the account (ASVS V6.4.3)."""
    someone = person()
    here, row = begun(someone)
    assert row.ready_at is not None
    assert row.ready_at - row.asked_at >= timedelta(hours=24)
    with pytest.raises(FlowOver):
        services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    assert mails(someone)[-1] == "recovery_held"
    assert not passwords.check(someone.id, OTHER_PASSWORD).fits


def test_after_the_wait_the_mailbox_gives_a_password_once() -> None:
    someone = person()
    _, row = begun(someone)
    assert row.ready_at is not None
    with clock.frozen(row.ready_at - timedelta(seconds=1)):
        assert check(asked(someone.username), mailed_code(someone, "reset")).step is Step.RESET_WAIT
    with clock.frozen(row.ready_at):
        here = asked(someone.username)
        assert check(here, mailed_code(someone, "reset")).step is Step.RESET_PASSWORD
        services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    assert passwords.check(someone.id, OTHER_PASSWORD).fits
    row.refresh_from_db()
    assert row.state == "used"
    assert events("authentication.recovery.used", someone)[0]["way"] == "mailbox"
    with clock.frozen(row.ready_at + timedelta(minutes=1)):
        assert check(asked(someone.username), mailed_code(someone, "reset")).step is Step.RESET_WAIT


def test_asking_again_does_not_begin_the_wait_anew() -> None:
    someone = person()
    _, row = begun(someone)
    with clock.frozen(row.asked_at + timedelta(hours=5)):
        assert begun(someone)[1].pk == row.pk
    assert mails(someone).count("recovery_held") == 1


def test_the_owner_stops_the_wait_even_after_it_is_over() -> None:
    someone = person()
    _, row = begun(someone)
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here = asked(someone.username)
        check(here, mailed_code(someone, "reset"))
        services.stop_by_link(actor=Browser().actor, token=stop_link(row))
        with pytest.raises(NothingWaits):
            services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    assert not passwords.check(someone.id, OTHER_PASSWORD).fits


def test_what_was_not_used_within_a_week_is_over() -> None:
    someone = person()
    _, row = begun(someone)
    with clock.frozen(row.ends_at):
        assert begun(someone)[1].pk != row.pk
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_with_a_proven_telephone_a_code_by_text_message_is_asked_for(
    authorities: Authorities,
) -> None:
    someone = with_phone()
    here = asked(someone.username)
    step = check(here, mailed_code(someone, "reset"))
    assert (step.step, step.methods) == (Step.RESET_FACTOR, (Method.PHONE_CODE,))
    with pytest.raises(WrongCode):
        check(here, "000000" if texted(authorities, someone) != "000000" else "111111")
    assert check(here, texted(authorities, someone)).step is Step.RESET_PASSWORD
    services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    told = events("authentication.password.was_reset", someone)[0]
    assert told["second_factor"] == "phone_code"
    assert not Recovery.objects.exists()


def test_the_mailed_code_does_not_pass_as_the_one_by_telephone(authorities: Authorities) -> None:
    someone = with_phone()
    here = asked(someone.username)
    code = mailed_code(someone, "reset")
    check(here, code)
    if code != texted(authorities, someone):
        with pytest.raises(WrongCode):
            check(here, code)


def test_a_new_message_replaces_the_one_before_and_is_limited(authorities: Authorities) -> None:
    someone = with_phone()
    with clock.frozen(clock.now()):
        here = asked(someone.username)
        check(here, mailed_code(someone, "reset"))
    for minute in (1, 2):
        with clock.frozen(clock.now() + timedelta(seconds=minute)):
            services.send_reset_phone(actor=here.actor)
    with pytest.raises(TooMany):
        services.send_reset_phone(actor=here.actor)
    assert check(here, texted(authorities, someone)).step is Step.RESET_PASSWORD


def test_a_number_that_was_never_proven_is_no_second_channel() -> None:
    someone = person(phone="+6281377799999")
    begun(someone)


def test_the_telephone_never_stands_in_for_an_app() -> None:
    someone = with_phone()
    services.issue_totp(actor=SYSTEM, person=someone.id, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    here = asked(someone.username)
    step = check(here, mailed_code(someone, "reset"))
    assert Method.PHONE_CODE not in step.methods


def test_the_gateway_being_down_leaves_the_step_and_can_be_tried_again(
    authorities: Authorities,
) -> None:
    someone = with_phone()
    authorities.all_down()
    here = asked(someone.username)
    assert check(here, mailed_code(someone, "reset")).method is Method.PHONE_CODE
    authorities.recovered()
    services.send_reset_phone(actor=here.actor)
    assert check(here, texted(authorities, someone)).step is Step.RESET_PASSWORD
