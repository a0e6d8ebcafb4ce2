"""Backup codes: readable, once, and the way back to a new app."""

import re

import pytest

from gapura.authentication import services
from gapura.authentication.errors import RecoveryCodeUsed, WrongRecoveryCode
from gapura.authentication.methods import recovery_codes
from gapura.authentication.models import RecoveryCode
from gapura.authentication.rules import Method
from tests.authentication.world import (
    SYSTEM,
    Browser,
    app_code,
    at_once,
    events,
    mails,
    person,
    with_app,
)


@pytest.mark.django_db
def test_codes_are_ten_and_readable_and_not_kept_in_clear() -> None:
    someone = person()
    codes = recovery_codes.make(someone.id)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", code) for code in codes)
    kept = b"".join(bytes(row.hash) for row in RecoveryCode.objects.all())
    assert not any(code.replace("-", "").encode() in kept for code in codes)


@pytest.mark.django_db
def test_a_code_works_once_however_it_is_typed() -> None:
    someone = person()
    first, second, *_ = recovery_codes.make(someone.id)
    assert recovery_codes.use(someone.id, first.lower().replace("-", " ")) is None
    assert isinstance(recovery_codes.use(someone.id, first), RecoveryCodeUsed)
    assert recovery_codes.use(someone.id, f"{second[:4]}—{second[5:]}") is None
    assert recovery_codes.left(someone.id) == 8


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "A" * 100_000, "\0", "١٢٣٤"])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    someone = person()
    recovery_codes.make(someone.id)
    assert isinstance(recovery_codes.use(someone.id, typed), WrongRecoveryCode)


@pytest.mark.django_db
def test_another_persons_code_is_wrong() -> None:
    mine, other = person(), person()
    theirs = recovery_codes.make(other.id)[0]
    recovery_codes.make(mine.id)
    assert isinstance(recovery_codes.use(mine.id, theirs), WrongRecoveryCode)


@pytest.mark.django_db(transaction=True)
def test_the_same_code_in_parallel_wins_once() -> None:
    someone = person()
    code = recovery_codes.make(someone.id)[0]
    answers = at_once(8, lambda _: recovery_codes.use(someone.id, code))
    assert answers.count(None) == 1


@pytest.mark.django_db
def test_a_code_brings_back_in_and_to_a_new_app_but_not_to_full_strength() -> None:
    someone = person()
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    codes = services.issue_totp(actor=SYSTEM, person=someone.id, secret=secret)
    here = Browser()
    asked = here.begin(someone.username)
    assert asked.method is Method.TOTP
    assert Method.RECOVERY_CODE in asked.methods
    services.choose_method(actor=here.actor, method=Method.RECOVERY_CODE)
    here.finish(codes[0])
    assert here.actor.acr == 1
    assert mails(someone)[-1] == "recovery_code_used"
    assert events("authentication.recovery_codes.used", someone)[0] == {"left": 9}
    new = services.enroll_totp(actor=here.actor).key.replace(" ", "")
    done = services.confirm_totp(actor=here.actor, code=app_code(new))
    here.keep(done.sign_in)
    assert here.actor.acr == 2
    assert done.recovery_codes == ()


@pytest.mark.django_db
def test_new_codes_end_the_old_ones() -> None:
    someone = person()
    secret = with_app(someone)
    here = Browser().sign_in(someone, secret)
    first = services.make_recovery_codes(actor=here.actor)
    second = services.make_recovery_codes(actor=here.actor)
    assert isinstance(recovery_codes.use(someone.id, first[0]), WrongRecoveryCode)
    assert recovery_codes.use(someone.id, second[0]) is None
