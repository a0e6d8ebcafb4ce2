"""Sign-in: who gets in, how strongly, and what those learn who do not."""

import pytest
from django.db import transaction

from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.authentication import services
from gapura.authentication.errors import FlowOver, MethodNotOffered, WrongAppCode, WrongCredentials
from gapura.authentication.models import Session
from gapura.authentication.queries import masked_address
from gapura.authentication.rules import Method, Step
from gapura.kernel import clock
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import TooMany
from tests.authentication.world import (
    PASSWORD,
    Browser,
    app_code,
    events,
    later,
    mailed_code,
    mails,
    person,
    with_app,
)


@pytest.mark.django_db
def test_password_and_app_sign_in_strongly() -> None:
    someone = person()
    secret, here = with_app(someone), Browser()
    asked = here.begin(someone.username.upper())
    assert (asked.step, asked.method) == (Step.SECOND_FACTOR, Method.TOTP)
    assert asked.methods == (Method.TOTP, Method.EMAIL_CODE, Method.RECOVERY_CODE)
    assert mails(someone) == []
    done = here.finish(app_code(secret))
    assert (done.step, done.acr) == (Step.DONE, 2)
    actor = here.actor
    assert (actor.person, actor.acr, actor.state) == (someone.id, 2, "verified")
    assert actor.facts["methods"] == ("password", "totp")
    row = LogEvent.objects.get(name="authentication.session.signed_in")
    assert (row.actor_person, row.person, row.session) == (someone.id, someone.id, actor.session)


@pytest.mark.django_db
def test_the_proven_address_is_as_good_as_the_username() -> None:
    someone = person()
    Browser().begin(f" {someone.email.swapcase()} ")
    assert mails(someone) == ["sign_in_code"]


@pytest.mark.django_db
def test_other_ways_are_chosen_and_only_those_offered() -> None:
    someone = person()
    secret, here = with_app(someone), Browser()
    here.begin(someone.username)
    here.keep(services.choose_method(actor=here.actor, method=Method.EMAIL_CODE))
    assert here.view.flow
    assert here.view.flow.method is Method.EMAIL_CODE
    with pytest.raises(Problem):
        here.finish(app_code(secret))
    here.finish(mailed_code(someone))
    assert here.actor.acr == 1
    plain = Browser()
    other = person()
    plain.begin(other.username)
    for method in (Method.TOTP, Method.RECOVERY_CODE):
        with pytest.raises(MethodNotOffered):
            services.choose_method(actor=plain.actor, method=method)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_barred_account_answers_like_an_unknown_one(state: str) -> None:
    someone = person(state=state)
    answers = []
    for login in (someone.username, someone.email, "nobody.at.all", "nobody@example.com"):
        with pytest.raises(WrongCredentials) as refused:
            Browser().begin(login, "wrong")
        answers.append((str(refused.value), refused.value.status))
    assert len(set(answers)) == 1
    assert Session.objects.count() == 0


@pytest.mark.django_db
def test_what_an_unknown_person_typed_is_not_in_the_log() -> None:
    typed = "my secret password by mistake"
    with pytest.raises(WrongCredentials):
        Browser().begin(typed)
    row = LogEvent.objects.get(name="authentication.session.sign_in_unknown")
    assert typed not in str(vars(row))
    assert row.result == "refused"
    assert row.readers == "platform"


@pytest.mark.django_db
def test_a_failure_is_on_record_even_though_the_service_raises() -> None:
    someone = person()
    with pytest.raises(WrongCredentials):
        Browser().begin(someone.username, "wrong")
    secret, here = with_app(someone), Browser()
    here.begin(someone.username)
    with pytest.raises(WrongAppCode):
        here.finish("000000" if app_code(secret) != "000000" else "000001")
    failed = events("authentication.session.sign_in_failed", someone)
    assert failed == [
        {"reason": "WrongCredentials", "step": "password"},
        {"reason": "WrongAppCode", "step": "second_factor"},
    ]


@pytest.mark.django_db(transaction=True)
def test_a_caller_cannot_undo_the_count_of_a_failure() -> None:
    someone = person()
    with pytest.raises(RuntimeError), transaction.atomic():
        Browser().begin(someone.username, "wrong")


@pytest.mark.django_db
def test_nothing_is_signed_in_without_its_first_half() -> None:
    someone = person()
    secret = with_app(someone)
    for browser in (Browser(), Browser(token="made-up")):
        with pytest.raises(FlowOver):
            browser.finish(app_code(secret))
    here = Browser().sign_in(someone, secret)
    with pytest.raises(FlowOver):
        here.finish(app_code(secret, +1))
    with pytest.raises(FlowOver):
        services.finish_step_up(actor=here.actor, code=app_code(secret, +1))


@pytest.mark.django_db
def test_a_reset_code_does_not_sign_in() -> None:
    someone, here = person(), Browser()
    here.keep(services.start_reset(actor=here.actor, login=someone.username))
    with pytest.raises(FlowOver):
        here.finish(mailed_code(someone, "reset"))


@pytest.mark.django_db
def test_half_a_sign_in_is_over_after_half_an_hour() -> None:
    someone = person()
    secret, here = with_app(someone), Browser()
    here.begin(someone.username)
    with later(minutes=31), pytest.raises(FlowOver):
        here.finish(app_code(secret))


@pytest.mark.django_db
def test_whoever_is_suspended_between_the_halves_stays_outside() -> None:
    someone = person()
    secret, here = with_app(someone), Browser()
    here.begin(someone.username)
    Person.objects.filter(pk=someone.pk).update(state="suspended")
    assert here.finish(app_code(secret)).step is Step.TURNED_AWAY
    assert not here.actor.signed_in
    assert events("authentication.session.turned_away", someone) == [{"why": "suspended"}]


@pytest.mark.django_db
def test_a_new_account_confirms_its_address_by_signing_in() -> None:
    someone, here = person(state="registered"), Browser()
    asked = here.begin(someone.username)
    assert asked.step is Step.CONFIRM_EMAIL
    here.finish(mailed_code(someone, "confirm_email"))
    assert (here.actor.state, here.actor.acr) == ("contact_verified", 1)
    someone.refresh_from_db()
    assert someone.email_verified_at is not None


@pytest.mark.django_db
def test_after_a_registration_the_same_code_goes_out() -> None:
    someone, here = person(state="registered"), Browser()
    here.keep(services.start_confirmation(actor=here.actor, person=someone.id))
    here.finish(mailed_code(someone, "confirm_email"))
    assert here.actor.person == someone.id


@pytest.mark.django_db
def test_an_address_in_use_gets_no_code_and_looks_the_same() -> None:
    owner = person()
    squatter = person(state="registered", email=owner.email)
    fresh = person(state="registered")
    answers = []
    for someone in (squatter, fresh):
        here = Browser()
        asked = here.keep(services.start_confirmation(actor=here.actor, person=someone.id))
        with pytest.raises(Problem) as refused:
            here.finish("000000")
        answers.append((asked.step, asked.method, type(refused.value), refused.value.values))
    assert answers[0] == answers[1]
    assert mails(squatter) == []
    assert mails(fresh) == ["confirm_email_code"]


@pytest.mark.django_db
def test_ten_failures_for_one_name_from_one_place_and_the_right_one_waits() -> None:
    someone, here = person(), Browser()
    for _ in range(10):
        with pytest.raises(WrongCredentials):
            here.begin(someone.username, "wrong")
    with pytest.raises(TooMany) as refused:
        here.begin(someone.username)
    assert refused.value.status == 429
    assert 0 < refused.value.seconds <= 300
    with pytest.raises(TooMany):
        Browser(ip="198.51.100.20").begin(someone.username)
    with later(minutes=6):
        assert here.begin(someone.username).step is Step.SECOND_FACTOR


@pytest.mark.django_db
def test_the_limit_comes_as_soon_for_an_unknown_name() -> None:
    for login in (person().username, "nobody.here"):
        here, outcomes = Browser(ip=f"192.0.2.{len(login)}"), []
        for _ in range(12):
            with pytest.raises(Problem) as refused:
                here.begin(login, "wrong")
            outcomes.append(type(refused.value))
        assert outcomes == [WrongCredentials] * 10 + [TooMany] * 2


@pytest.mark.django_db
def test_only_failures_count_against_an_address() -> None:
    secrets = {someone: with_app(someone) for someone in (person() for _ in range(35))}
    for someone, secret in secrets.items():
        Browser().sign_in(someone, secret)
    with pytest.raises(WrongCredentials):
        Browser().begin("nobody.here", "wrong")


@pytest.mark.django_db
def test_many_names_from_one_address_stop_at_thirty() -> None:
    with clock.frozen(clock.now()):
        for number in range(30):
            with pytest.raises(WrongCredentials):
                Browser().begin(f"nobody{number}", "wrong")
        with pytest.raises(TooMany):
            Browser().begin(person().username)
        with pytest.raises(TooMany):
            Browser(ip="203.0.113.7", user_agent="another").begin("nobody99", "wrong")
        elsewhere = Browser(ip="203.0.113.8").begin(person().username)
    assert elsewhere.step is Step.SECOND_FACTOR


@pytest.mark.django_db
def test_an_ipv6_host_is_one_address() -> None:
    with clock.frozen(clock.now()):
        for number in range(30):
            with pytest.raises(WrongCredentials):
                Browser(ip=f"2001:db8::{number:x}").begin(f"nobody{number}", "wrong")
        with pytest.raises(TooMany):
            Browser(ip="2001:db8::ffff").begin(person().username)


@pytest.mark.django_db
def test_many_networks_against_one_person_meet_the_wide_limit() -> None:
    """Attack: guess at one account by both of its names; the sum is told to nobody."""
    someone = person()
    with clock.frozen(clock.now()):
        for number in range(10):
            name = (someone.username, someone.email)[number % 2]
            with pytest.raises(WrongCredentials):
                Browser(ip=f"10.{number}.0.1").begin(name, "wrong")
        with pytest.raises(WrongCredentials):
            Browser(ip="198.51.100.1").begin(someone.username, PASSWORD)


@pytest.mark.django_db
def test_nobody_is_locked_out_where_they_signed_in_before() -> None:
    someone = person()
    secret = with_app(someone)
    Browser(ip="198.51.100.1").sign_in(someone, secret)
    with clock.frozen(clock.now()):
        for number in range(12):
            with pytest.raises((WrongCredentials, TooMany)):
                Browser(ip=f"10.{number}.0.1").begin(someone.username, "wrong")
        at_home = Browser(ip="198.51.100.2").begin(someone.username)
        with pytest.raises(TooMany):
            Browser(ip="192.0.2.9").begin(someone.username, PASSWORD)
    assert at_home.step is Step.SECOND_FACTOR


@pytest.mark.django_db
def test_ten_wrong_app_codes_and_the_right_one_waits() -> None:
    someone = person()
    secret, here = with_app(someone), Browser()
    with clock.frozen(clock.now()):
        here.begin(someone.username)
        for _ in range(10):
            with pytest.raises(WrongAppCode):
                here.finish("12345")
        with pytest.raises(TooMany):
            here.finish(app_code(secret))
    with later(minutes=6):
        here.finish(app_code(secret))
    assert here.actor.signed_in


@pytest.mark.django_db
def test_step_up_raises_an_email_sign_in() -> None:
    someone = person()
    secret, here = with_app(someone), Browser()
    here.begin(someone.username)
    here.keep(services.choose_method(actor=here.actor, method=Method.EMAIL_CODE))
    here.finish(mailed_code(someone))
    asked = services.start_step_up(actor=here.actor)
    assert (asked.step, asked.method) == (Step.STEP_UP, Method.TOTP)
    assert here.actor.signed_in
    here.keep(services.finish_step_up(actor=here.actor, code=app_code(secret)))
    assert here.actor.acr == 2
    strengthened = events("authentication.session.strengthened", someone)
    assert strengthened == [{"acr": 2, "methods": ["password", "email_code", "totp"]}]


@pytest.mark.django_db
def test_a_strong_session_is_not_refreshed_by_the_mailbox() -> None:
    someone = person()
    here = Browser().sign_in(someone, with_app(someone))
    assert services.start_step_up(actor=here.actor).methods == (Method.TOTP,)


@pytest.mark.django_db
def test_signing_in_again_in_the_same_browser_ends_the_session_before() -> None:
    someone = person()
    secret = with_app(someone)
    here = Browser().sign_in(someone, secret)
    old = here.token
    with later(seconds=30):
        here.sign_in(someone, secret)
        assert Browser(token=old).look()[1] is None
        assert here.actor.signed_in


@pytest.mark.django_db
def test_the_page_says_where_the_code_went_without_telling_the_address() -> None:
    someone, here = person(email="Rara@contoh.go.id"), Browser()
    here.begin(someone.username)
    assert masked_address(here.view) == "R***@contoh.go.id"
    with pytest.raises(FlowOver):
        masked_address(Browser().look()[1])
