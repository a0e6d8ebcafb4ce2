"""Codes by e-mail: once, ten minutes, five tries, this session, this purpose, this address."""

import pytest

from gapura.authentication import services
from gapura.authentication.errors import (
    CodeDead,
    CodeExpired,
    CodeReplaced,
    CodeUsed,
    FlowOver,
    NoCodeHere,
    WrongCode,
)
from gapura.authentication.methods import email_code
from gapura.authentication.models import EmailCode
from gapura.authentication.rules import Purpose
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from tests.authentication.world import Browser, at_once, later, mailed_code, mails, person


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.django_db
def test_the_code_in_the_mail_signs_in_with_the_lower_strength() -> None:
    someone = person()
    here = Browser().sign_in(someone)
    assert here.actor.person == someone.id
    assert here.actor.acr == 1


@pytest.mark.django_db
def test_spaces_and_dashes_pasted_along_do_no_harm() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    code = mailed_code(someone)
    here.finish(f" {code[:3]} - {code[3:]}\n")
    assert here.actor.signed_in


@pytest.mark.django_db
def test_a_code_works_once() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    row, code = here.view.id, mailed_code(someone)
    args = (row, Purpose.SIGN_IN, someone.id, someone.email)
    assert email_code.attempt(*args, code) is None
    assert isinstance(email_code.attempt(*args, code), CodeUsed)


@pytest.mark.django_db(transaction=True)
def test_the_same_code_in_parallel_wins_once() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    row, code = here.view.id, mailed_code(someone)
    answers = at_once(
        8, lambda _: email_code.attempt(row, Purpose.SIGN_IN, someone.id, someone.email, code)
    )
    assert answers.count(None) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_in_parallel_signs_in_once() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    actor, code = here.actor, mailed_code(someone)
    answers = at_once(6, lambda _: services.finish_sign_in(actor=actor, code=code))
    assert sum(isinstance(answer, services.SignIn) for answer in answers) == 1
    assert sum(isinstance(answer, FlowOver) for answer in answers) == 5


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_get_five_tries_in_all() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    row, wrong = here.view.id, other_than(mailed_code(someone))
    args = (row, Purpose.SIGN_IN, someone.id, someone.email, wrong)
    at_once(8, lambda _: email_code.attempt(*args))
    assert EmailCode.objects.get().attempts == 5


@pytest.mark.django_db
def test_after_five_wrong_ones_the_right_code_is_dead() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    code = mailed_code(someone)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as refused:
            here.finish(other_than(code))
        assert refused.value.values == {"left": left}
    for typed in (other_than(code), code):
        with pytest.raises(CodeDead):
            here.finish(typed)
    assert not here.actor.signed_in


@pytest.mark.django_db
def test_a_code_expires_after_ten_minutes() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    code = mailed_code(someone)
    with later(minutes=10), pytest.raises(CodeExpired):
        here.finish(code)
    mail = Mail.objects.get(person=someone.id)
    assert mail.expires_at == EmailCode.objects.get().expires_at
    with later(minutes=9, seconds=59):
        here.finish(code)


@pytest.mark.django_db
def test_a_code_for_another_session_is_wrong() -> None:
    someone, here, there = person(), Browser(), Browser(ip="198.51.100.9")
    here.begin(someone.username)
    there.begin(someone.username)
    with pytest.raises(WrongCode):
        there.finish(mailed_code(someone, nth=1))
    here.finish(mailed_code(someone, nth=1))
    assert here.actor.signed_in


@pytest.mark.django_db
def test_a_code_for_another_purpose_or_person_or_address_is_wrong() -> None:
    someone, other, here = person(), person(), Browser()
    here.begin(someone.username)
    row, code = here.view.id, mailed_code(someone)
    nowhere = email_code.attempt(row, Purpose.RESET, someone.id, someone.email, code)
    assert isinstance(nowhere, NoCodeHere)
    for who, address in ((other.id, someone.email), (someone.id, other.email), (None, "")):
        problem = email_code.attempt(row, Purpose.SIGN_IN, who, address, code)
        assert isinstance(problem, WrongCode)


@pytest.mark.django_db
def test_a_newer_mail_replaces_the_code_and_says_so() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    services.send_email_code(actor=here.actor)
    assert mails(someone) == ["sign_in_code", "sign_in_code"]
    with pytest.raises(CodeReplaced):
        here.finish(mailed_code(someone, nth=1))
    here.finish(mailed_code(someone))
    assert here.actor.signed_in


@pytest.mark.django_db
def test_mails_are_limited_to_five_in_ten_minutes() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    for _ in range(4):
        services.send_email_code(actor=here.actor)
    with pytest.raises(TooMany):
        services.send_email_code(actor=here.actor)
    assert len(mails(someone)) == 5
    with later(minutes=11):
        services.send_email_code(actor=here.actor)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "٣٤٥٦٧٨", "1" * 10_000, "12345\0", "\u202e123456", "abcdef"])
def test_what_is_no_code_is_wrong_and_counted(typed: str) -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    with pytest.raises(WrongCode):
        here.finish(typed)
    assert EmailCode.objects.get().attempts == 1


@pytest.mark.django_db
def test_codes_are_not_readable_in_the_table() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username)
    assert mailed_code(someone).encode() not in bytes(EmailCode.objects.get().hash)
