"""Forgot password: no oracle, no way around the second factor, and everything else ends."""

import pytest

from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.authentication import services
from gapura.authentication.errors import FlowOver, PasswordReused, WeakPassword, WrongAppCode
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import EmailCode, Session
from gapura.authentication.rules import Method, Step
from gapura.kernel import clock
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from tests.authentication.world import (
    OTHER_PASSWORD,
    PASSWORD,
    SYSTEM,
    Browser,
    app_code,
    events,
    later,
    mailed_code,
    mails,
    person,
    with_app,
)


def asked(login: str) -> Browser:
    here = Browser()
    here.keep(services.start_reset(actor=here.actor, login=login))
    return here


def check(here: Browser, code: str) -> services.SignIn:
    return here.keep(services.check_reset(actor=here.actor, code=code))


@pytest.mark.django_db
def test_where_nothing_is_at_stake_the_mailbox_gives_a_new_password_and_ends_the_rest() -> None:
    someone = person(state="contact_verified")
    elsewhere = Browser(ip="198.51.100.3").sign_in(someone)
    here = asked(someone.email)
    assert check(here, mailed_code(someone, "reset")).step is Step.RESET_PASSWORD
    assert services.finish_reset(actor=here.actor, password=OTHER_PASSWORD) == 1
    assert not elsewhere.actor.signed_in
    assert here.look()[1] is None
    assert passwords.check(someone.id, OTHER_PASSWORD).fits
    assert not passwords.check(someone.id, PASSWORD).fits
    assert mails(someone)[-1] == "password_changed"
    done = events("authentication.password.was_reset", someone)
    assert done == [{"sessions_ended": 1, "second_factor": "email_code"}]


@pytest.mark.django_db
def test_whoever_has_an_app_proves_it_before_the_new_password() -> None:
    someone = person()
    secret, here = with_app(someone), asked(someone.username)
    step = check(here, mailed_code(someone, "reset"))
    assert (step.step, step.method) == (Step.RESET_FACTOR, Method.TOTP)
    assert Method.EMAIL_CODE not in step.methods
    with pytest.raises(FlowOver):
        services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    with pytest.raises(WrongAppCode):
        check(here, mailed_code(someone, "reset"))
    assert check(here, app_code(secret)).step is Step.RESET_PASSWORD
    services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    again = Browser().begin(someone.username, OTHER_PASSWORD)
    assert again.method is Method.TOTP


@pytest.mark.django_db
def test_a_backup_code_stands_in_for_the_app() -> None:
    someone = person()
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    codes = services.issue_totp(actor=SYSTEM, person=someone.id, secret=secret)
    here = asked(someone.username)
    check(here, mailed_code(someone, "reset"))
    services.choose_method(actor=here.actor, method=Method.RECOVERY_CODE)
    assert check(here, codes[3]).step is Step.RESET_PASSWORD


@pytest.mark.django_db
def test_no_step_can_be_skipped() -> None:
    someone = person()
    here = asked(someone.username)
    with pytest.raises(FlowOver):
        services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    with pytest.raises(FlowOver):
        services.finish_reset(actor=Browser().actor, password=OTHER_PASSWORD)
    signing_in = Browser()
    signing_in.begin(someone.username)
    with pytest.raises(FlowOver):
        services.check_reset(actor=signing_in.actor, code=mailed_code(someone))


@pytest.mark.django_db
def test_unknown_names_get_the_same_answers_all_the_way() -> None:
    known = person()
    unconfirmed, barred = person(state="registered"), person(state="suspended")
    logins = [known.username, known.email, "nobody@example.com", "nobody", "\0", "x" * 9999]
    answers: list[list[object]] = []
    for login in [*logins, unconfirmed.email, barred.username]:
        here = Browser(ip=f"192.0.2.{len(answers) + 1}")
        step = here.keep(services.start_reset(actor=here.actor, login=login))
        seen: list[object] = [step.step, step.method, step.methods, len(step.token)]
        for _ in range(6):
            with pytest.raises(Problem) as refused:
                check(here, "no code")
            seen.append((type(refused.value), refused.value.values))
        answers.append(seen)
    assert all(answer == answers[0] for answer in answers)
    sent = [mail for mail in Mail.objects.all() if not mail.address.endswith(".invalid")]
    assert len(sent) == 2
    assert EmailCode.objects.count() == len(answers)


@pytest.mark.django_db
def test_the_limits_come_just_as_soon_for_unknown_names() -> None:
    known = person()
    with clock.frozen(clock.now()):
        outcomes = []
        for login in (known.username, "nobody.here"):
            seen = []
            for _ in range(7):
                try:
                    asked(login)
                    seen.append("sent")
                except TooMany:
                    seen.append("too many")
            outcomes.append(seen)
        assert outcomes[0] == outcomes[1] == ["sent"] * 5 + ["too many"] * 2
        for number in range(1, 5):
            for _ in range(5):
                here = Browser(ip=f"192.0.2.{number}")
                services.start_reset(actor=here.actor, login=known.username)
        # The mailbox is full, yet the other name of the same account does not say so.
        asked(known.email)
        assert len(mails(known)) == 20


@pytest.mark.django_db
def test_wrong_reset_codes_are_limited_alike() -> None:
    outcomes = []
    with clock.frozen(clock.now()):
        for login in (person().username, "nobody.here"):
            seen = []
            for _ in range(3):
                here = Browser(ip=f"192.0.2.{len(login)}")
                here.keep(services.start_reset(actor=here.actor, login=login))
                for _ in range(5):
                    with pytest.raises(Problem) as refused:
                        check(here, "no code")
                    seen.append(type(refused.value).__name__)
            outcomes.append(seen)
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][10:] == ["TooMany"] * 5


@pytest.mark.django_db
def test_wrong_reset_codes_do_not_lock_the_owner_out() -> None:
    someone = person()
    secret = with_app(someone)
    for _ in range(2):
        stranger = asked(someone.username)
        for _ in range(5):
            with pytest.raises(Problem):
                check(stranger, "no code")
    assert Browser(ip="198.51.100.77").sign_in(someone, secret).actor.signed_in


@pytest.mark.django_db
def test_resets_asked_by_a_stranger_do_not_use_up_the_owners_sign_in_codes() -> None:
    someone = person()
    for _ in range(5):
        asked(someone.username)
    assert Browser(ip="198.51.100.77").sign_in(someone).actor.signed_in


@pytest.mark.django_db
def test_a_weak_or_used_password_is_refused_and_the_step_stays() -> None:
    someone = person(state="contact_verified")
    here = asked(someone.username)
    check(here, mailed_code(someone, "reset"))
    with pytest.raises(WeakPassword):
        services.finish_reset(actor=here.actor, password="pengadaan2026")
    with pytest.raises(WeakPassword) as refused:
        services.finish_reset(actor=here.actor, password=PASSWORD)
    assert isinstance(refused.value.problems[0], PasswordReused)
    services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)


@pytest.mark.django_db
def test_a_reset_ends_half_a_sign_in_with_the_old_password() -> None:
    someone = person()
    secret = with_app(someone)
    thief = Browser(ip="198.51.100.66")
    thief.begin(someone.username)
    here = asked(someone.username)
    check(here, mailed_code(someone, "reset"))
    check(here, app_code(secret))
    services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    with later(seconds=30), pytest.raises(FlowOver):
        thief.finish(app_code(secret))


@pytest.mark.django_db
def test_the_log_tells_of_the_request_and_holds_no_typed_name() -> None:
    someone = person()
    asked(someone.username)
    asked("someone.unknown")
    assert events("authentication.email_code.sent", someone) == [{"purpose": "reset"}]
    unknown = LogEvent.objects.get(name="authentication.email_code.unknown")
    assert "someone.unknown" not in str(vars(unknown))


@pytest.mark.django_db
def test_the_token_changes_at_each_step() -> None:
    someone = person()
    here = asked(someone.username)
    first = here.token
    check(here, mailed_code(someone, "reset"))
    assert here.token != first
    assert Browser(token=first).look()[1] is None


@pytest.mark.django_db
def test_the_owner_suspended_meanwhile_gets_no_further() -> None:
    someone = person()
    here = asked(someone.username)
    code, actor = mailed_code(someone, "reset"), here.actor
    Person.objects.filter(pk=someone.pk).update(state="suspended")
    with pytest.raises(FlowOver):
        services.check_reset(actor=actor, code=code)
    assert Session.objects.filter(acr__gt=0).count() == 0
