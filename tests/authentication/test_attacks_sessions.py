"""Attacks on sessions and sign-in, each named with what stands against it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import WrongCredentials
from gapura.authentication.methods import totp
from gapura.authentication.models import Device, Session
from gapura.authentication.rules import GUARDS, Method, Step
from gapura.authentication.services.holds import Key, fail, waits
from gapura.kernel import clock, throttle
from gapura.kernel.throttle import TooMany
from tests.authentication.world import (
    CHROME,
    OTHER_PASSWORD,
    PASSWORD,
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


def _attack(someone: Person, times: int = 12) -> None:
    """Strangers from as many networks guess at one name."""
    for number in range(times):
        with pytest.raises((WrongCredentials, TooMany)):
            Browser(ip=f"10.{number}.0.1").begin(someone.username, "wrong")


@pytest.mark.django_db(transaction=True)
def test_d15_one_app_code_typed_twice_at_once_signs_in_once() -> None:
    """Attack: a code that was watched is typed at the same moment from elsewhere."""
    someone = person()
    secret = with_app(someone)
    browsers = [Browser() for _ in range(4)]
    for one in browsers:
        one.begin(someone.username)
    code, actors = app_code(secret), [one.actor for one in browsers]
    ends = at_once(4, lambda n: services.finish_sign_in(actor=actors[n], code=code))
    assert sum(not isinstance(end, Exception) for end in ends) == 1


@pytest.mark.django_db(transaction=True)
def test_d15_one_backup_code_typed_twice_at_once_signs_in_once() -> None:
    """Attack: a photographed sheet of backup codes."""
    someone = person()
    with_app(someone)
    here = Browser().sign_in(someone, with_app(someone))
    code = services.make_recovery_codes(actor=here.actor)[0]
    browsers = [Browser() for _ in range(4)]
    for one in browsers:
        one.begin(someone.username)
        one.keep(services.choose_method(actor=one.actor, method=Method.RECOVERY_CODE))
    actors = [one.actor for one in browsers]
    ends = at_once(4, lambda n: services.finish_sign_in(actor=actors[n], code=code))
    assert sum(not isinstance(end, Exception) for end in ends) == 1


@pytest.mark.django_db
def test_d16_an_app_code_of_an_older_step_is_refused_after_a_newer_one() -> None:
    """Attack: a code from before is replayed after the owner has used the next one."""
    someone = person()
    app = totp.confirmed(someone.id) if with_app(someone) else None
    assert app is not None
    newer, same, older = (totp.code_at(app.secret, totp.step_now() + n) for n in (0, 0, -1))
    assert totp.check(app, newer) is None
    for code in (same, older):
        app.refresh_from_db()
        assert totp.check(app, code) is not None


@pytest.mark.django_db
def test_d18_ten_guesses_at_one_account_and_strangers_wait_longer_each_time() -> None:
    """Attack: brute force; the wait doubles from five minutes to an hour."""
    guard = GUARDS["name"]
    key, seen = Key(guard, "rara"), []
    with clock.frozen(clock.now()):
        for _ in range(guard.free - 1):
            fail(key)
        assert waits([key]) == {}
    began = clock.now()
    for _ in range(6):
        with clock.frozen(began):
            fail(key)
            seen.append(waits([key])["name"] - 1)
            began += timedelta(seconds=seen[-1] + 1)
    assert seen[:3] == [300, 600, 1200]
    assert max(seen) <= guard.most


@pytest.mark.django_db
def test_d18_an_account_can_be_guessed_at_less_than_a_hundred_times_a_day() -> None:
    """Attack: patience. NIST SP 800-63B-4 3.2.2 allows a hundred in a row."""
    key, now, tries = Key(GUARDS["code"], "rara"), clock.now(), 0
    end = now + timedelta(days=1)
    while now < end:
        with clock.frozen(now):
            held = waits([key])
            if not held:
                fail(key)
                tries += 1
        now += timedelta(seconds=held["code"] if held else 1)
    assert tries <= 50


@pytest.mark.django_db
def test_d18_a_known_device_gets_in_while_strangers_attack_the_account() -> None:
    """Attack: lock the owner out by guessing (denial of service)."""
    someone = person()
    here = Browser(ip="198.51.100.1").sign_in(someone, with_app(someone))
    here.ip, here.token = "192.0.2.77", ""
    with clock.frozen(clock.now() + timedelta(seconds=60)):
        _attack(someone)
        with pytest.raises(TooMany):
            Browser(ip="192.0.2.77").begin(someone.username)
        assert here.begin(someone.username).step is Step.SECOND_FACTOR


@pytest.mark.django_db
def test_d18_a_known_device_has_a_small_limit_of_its_own() -> None:
    """Attack: guess on the computer that the owner left."""
    someone = person()
    here = Browser().sign_in(someone)
    for _ in range(GUARDS["device"].free):
        with pytest.raises(WrongCredentials):
            here.begin(someone.username, "wrong")
    with pytest.raises(TooMany):
        here.begin(someone.username)
    assert Browser(ip="198.51.100.9").begin(someone.username).step is Step.SECOND_FACTOR


@pytest.mark.django_db
def test_d18_a_known_device_is_known_for_its_own_person_only() -> None:
    """Attack: use the cookie of one account to guess at another without limits."""
    attacker = Browser().sign_in(person())
    victim = person()
    attacker.token = ""
    with clock.frozen(clock.now()):
        for _ in range(GUARDS["here"].free):
            with pytest.raises(WrongCredentials):
                attacker.begin(victim.username, "wrong")
        with pytest.raises(TooMany):
            attacker.begin(victim.username)


@pytest.mark.django_db
def test_d18_the_breaker_stops_strangers_everywhere_and_not_known_devices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Attack: one password at very many accounts from very many addresses."""
    someone = person()
    here = Browser().sign_in(someone)
    small = throttle.Limit("sign_in.everywhere", 3, 300)
    monkeypatch.setattr("gapura.authentication.services.limits.SIGN_IN_EVERYWHERE", small)
    with clock.frozen(clock.now()):
        for number in range(3):
            with pytest.raises(WrongCredentials):
                Browser(ip=f"10.{number}.0.1").begin(f"nobody{number}", "wrong")
        with pytest.raises(TooMany):
            Browser(ip="10.9.0.1").begin(person().username)
        assert here.begin(someone.username).step is Step.SECOND_FACTOR


@pytest.mark.django_db
def test_d19_a_held_account_answers_like_a_held_name_that_nobody_has() -> None:
    """Attack: find out names by what the limits say, near the owner's own network, too."""
    someone, answers = person(), []
    Browser(ip="198.51.100.1").sign_in(someone)
    for login in (someone.username, "nobody.here"):
        for number in range(11):
            with pytest.raises((WrongCredentials, TooMany)):
                Browser(ip=f"10.{number}.0.1").begin(login, "wrong")
        with pytest.raises((WrongCredentials, TooMany)) as refused:
            Browser(ip="198.51.100.2").begin(login, "wrong")
        answers.append(type(refused.value))
    assert answers == [TooMany, TooMany]


@pytest.mark.django_db
def test_d19_as_many_questions_for_nobody_as_for_somebody() -> None:
    """Attack: find out names by the work they make."""
    someone, asked = person(), []
    Browser().begin(someone.username)
    device = Browser().sign_in(person()).device
    for login in (someone.username, "nobody.here"):
        here = Browser(ip="10.1.1.1")
        here.device = device
        actor = here.actor
        with CaptureQueriesContext(connection) as queries, pytest.raises(WrongCredentials):
            services.start_sign_in(actor=actor, login=login, password="wrong")
        asked.append([q["sql"].split()[0] for q in queries])
    assert len(asked[0]) == len(asked[1])


@pytest.mark.django_db(transaction=True)
def test_d20_an_ended_session_is_dead_at_once_on_every_server() -> None:
    """Attack: a stolen cookie at another server after its owner has signed out.

    Another server is another process with a connection of its own; nothing is kept in between.
    """
    someone = person()
    here, thief = Browser().sign_in(someone), []
    stolen = Browser(token=here.token)

    def elsewhere() -> None:
        thief.append(stolen.actor.signed_in)
        connection.close()

    for _ in range(2):
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
        services.sign_out(actor=here.actor)
    assert thief == [True, False]


@pytest.mark.django_db
def test_d20_a_stolen_cookie_is_dead_after_a_new_password() -> None:
    """Attack: keep using a session after the owner has changed the password."""
    someone = person()
    stolen, here = Browser().sign_in(someone), Browser().sign_in(someone)
    services.change_password(actor=here.actor, current=PASSWORD, new=OTHER_PASSWORD)
    assert not stolen.actor.signed_in


@pytest.mark.django_db
def test_d20_the_cookie_of_another_server_is_nobodys() -> None:
    """Attack: a well-formed token that this installation never gave out."""
    here = Browser(token="A" * 43)
    here.device = "B" * 43
    actor, view = here.look()
    assert (actor.person, view) == (None, None)
    someone = person()
    here.sign_in(someone)
    assert here.device != "B" * 43
    assert Device.objects.filter(person=someone).count() == 1


@pytest.mark.django_db
def test_d25_half_a_sign_in_on_a_known_device_is_none() -> None:
    """Attack: skip the second factor where the device is known."""
    someone = person()
    here = Browser().sign_in(someone, with_app(someone))
    here.token = ""
    assert here.begin(someone.username).step is Step.SECOND_FACTOR
    assert not here.actor.signed_in
    assert Session.objects.get(pk=here.view.id).acr == 0


@pytest.mark.django_db(transaction=True)
def test_d9_a_form_sent_twice_at_once_signs_in_once() -> None:
    """Not an attack: a double click on the code's button."""
    someone, here = person(), Browser()
    secret = with_app(someone)
    here.begin(someone.username)
    actor, code = here.actor, app_code(secret)
    ends = at_once(5, lambda n: services.finish_sign_in(actor=actor, code=code))
    assert sum(not isinstance(end, Exception) for end in ends) == 1
    assert len(events("authentication.session.signed_in", someone)) == 1


@pytest.mark.django_db
def test_a_second_sign_in_at_the_same_time_is_on_record_and_at_the_bell() -> None:
    """BSSN 4/2021: the rule for a second sign-in of one account is stated, and told."""
    someone = person()
    first = Browser().sign_in(someone)
    with later(seconds=60):
        second = Browser(user_agent=CHROME)
        second.begin(someone.username)
        done = second.finish(mailed_code(someone))
    assert done.others == 1
    assert first.actor.signed_in
    assert events("authentication.session.beside_others", someone) == [{"sessions": 1}]
    assert mails(someone).count("beside_others") == 0
