"""Deeds confirmed by the app's code: bound to one document, one person, one browser, once."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from gapura.authentication import services
from gapura.authentication.errors import (
    AppCodeUsed,
    DeedMismatch,
    DeedOver,
    DeedUsed,
    NoSuchSession,
    WrongAppCode,
)
from gapura.authentication.models import DeedProof, Totp
from gapura.authentication.services import Deed
from gapura.authentication.services.tidying import forget_old
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.throttle import TooMany
from tests.authentication.world import (
    Browser,
    app_code,
    at_once,
    events,
    later,
    mailed_code,
    person,
    with_app,
)

LETTER = sha256(b"%PDF the order letter").hexdigest()
OTHER = sha256(b"%PDF another letter").hexdigest()
SIGN = "purchasing.order.sign"
pytestmark = pytest.mark.django_db


class Signer:
    """Somebody with an app who came in by it; codes never collide with the sign-in's."""

    def __init__(self) -> None:
        self.person = person()
        self.secret = with_app(self.person)
        self.browser = Browser().sign_in(self.person, self.secret)
        Totp.objects.filter(person=self.person).update(last_step=0)

    @property
    def actor(self) -> Actor:
        return self.browser.actor

    def confirm(self, code: str = "", digest: str = LETTER) -> Deed:
        code = code or app_code(self.secret)
        return services.confirm_deed(actor=self.actor, code=code, digest=digest, deed=SIGN)

    def use(self, deed: Deed, digest: str = LETTER, name: str = "") -> Deed:
        with transaction.atomic():
            return services.use_deed(actor=self.actor, deed_id=deed.id, digest=digest, deed=name)


def problem_of(act: Callable[[], object]) -> Problem | str:
    with pytest.raises(FieldProblems) as wrong:
        act()
    return wrong.value.fields["code"]


def test_a_code_confirms_one_document_once() -> None:
    someone = Signer()
    deed = someone.confirm()
    assert (deed.method, deed.digest, deed.deed) == ("totp", LETTER, SIGN)
    used = someone.use(deed, name=SIGN)
    assert (used.id, used.confirmed_at) == (deed.id, deed.confirmed_at)
    with pytest.raises(DeedUsed):
        someone.use(deed)
    assert events("authentication.deed.confirmed", someone.person) == [
        {"digest": LETTER, "deed": SIGN, "method": "totp"}
    ]


def test_a_typed_code_may_have_spaces() -> None:
    someone = Signer()
    code = app_code(someone.secret)
    assert someone.confirm(f" {code[:3]} {code[3:]}\n").method == "totp"


def test_a_wrong_code_confirms_nothing_and_is_counted() -> None:
    someone = Signer()
    for _ in range(10):
        assert isinstance(problem_of(lambda: someone.confirm("abcdef")), WrongAppCode)
    with pytest.raises(TooMany):
        someone.confirm()
    assert not DeedProof.objects.exists()
    refused = events("authentication.deed.refused", someone.person)
    assert refused[0] == {"digest": LETTER, "deed": SIGN, "reason": "WrongAppCode"}
    with later(minutes=5):
        assert someone.confirm().method == "totp"


def test_wrong_codes_for_deeds_and_for_sign_in_count_together() -> None:
    """Attack: guess in two doors of one browser at once, for a second set of tries."""
    someone = Signer()
    for _ in range(10):
        problem_of(lambda: someone.confirm("000000"))
    again = Browser()
    again.device = someone.browser.device
    again.begin(someone.person.username)
    with pytest.raises(TooMany):
        again.finish(app_code(someone.secret))


def test_a_code_that_signed_in_does_not_sign() -> None:
    """Replay: who looked over a shoulder at sign-in cannot bind the person to an order."""
    who = person()
    secret = with_app(who)
    here = Browser().sign_in(who, secret)
    problem = problem_of(
        lambda: services.confirm_deed(
            actor=here.actor, code=app_code(secret), digest=LETTER, deed=SIGN
        )
    )
    assert isinstance(problem, AppCodeUsed)


def test_a_code_confirms_no_second_document() -> None:
    someone = Signer()
    code = app_code(someone.secret)
    someone.confirm(code)
    assert isinstance(problem_of(lambda: someone.confirm(code, OTHER)), AppCodeUsed)


def test_codes_by_mail_and_backup_codes_confirm_nothing() -> None:
    someone = Signer()
    (backup, *_) = services.issue_totp(
        actor=system_actor("tests"), person=someone.person.id, secret=someone.secret
    )
    assert isinstance(problem_of(lambda: someone.confirm(backup)), WrongAppCode)
    by_mail = Browser().begin(someone.person.username)
    assert by_mail.token
    assert isinstance(problem_of(lambda: someone.confirm("123456")), WrongAppCode)


def test_without_an_app_the_way_to_one_is_shown() -> None:
    who = person()
    here = Browser()
    here.begin(who.username)
    here.finish(mailed_code(who))
    with pytest.raises(Refused) as refused:
        services.confirm_deed(actor=here.actor, code="123456", digest=LETTER, deed=SIGN)
    (clause,) = refused.value.verdict.missing
    assert (clause.name, clause.link) == ("has_a_strong_factor", "/account/security")


def test_nobody_confirms_nothing() -> None:
    with pytest.raises(Refused):
        services.confirm_deed(actor=Actor(), code="123456", digest=LETTER, deed=SIGN)


def test_another_document_is_not_covered() -> None:
    """The paper is changed between the code and the signature."""
    someone = Signer()
    deed = someone.confirm()
    with pytest.raises(DeedMismatch):
        someone.use(deed, OTHER)
    with pytest.raises(DeedMismatch):
        someone.use(deed, name="purchasing.order.accept")
    assert someone.use(deed).id == deed.id


def test_nobody_uses_the_deed_of_another() -> None:
    signer, thief = Signer(), Signer()
    deed = signer.confirm()
    with pytest.raises(DeedMismatch):
        thief.use(deed)
    with pytest.raises(DeedMismatch), transaction.atomic():
        services.use_deed(actor=Actor(), deed_id=deed.id, digest=LETTER)


def test_another_browser_of_the_same_person_cannot_use_it() -> None:
    someone = Signer()
    deed = someone.confirm()
    Totp.objects.filter(person=someone.person).update(last_step=0)
    someone.browser = Browser(ip="198.51.100.9").sign_in(someone.person, someone.secret)
    with pytest.raises(DeedMismatch):
        someone.use(deed)


@pytest.mark.parametrize(("seconds", "works"), [(299, True), (300, False)])
def test_it_works_for_five_minutes(seconds: int, works: bool) -> None:
    someone = Signer()
    deed = someone.confirm()
    with later(seconds=seconds):
        if works:
            assert someone.use(deed).id == deed.id
        else:
            with pytest.raises(DeedOver):
                someone.use(deed)


def test_it_ends_with_the_sign_in() -> None:
    someone = Signer()
    actor, deed = someone.actor, someone.confirm()
    services.sign_out(actor=actor)
    with pytest.raises(DeedMismatch), transaction.atomic():
        services.use_deed(actor=actor, deed_id=deed.id, digest=LETTER)
    with pytest.raises(NoSuchSession):
        services.confirm_deed(
            actor=actor, code=app_code(someone.secret, 1), digest=LETTER, deed=SIGN
        )


def test_a_rolled_back_act_leaves_the_proof_unused() -> None:
    someone = Signer()
    deed = someone.confirm()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.use_deed(actor=someone.actor, deed_id=deed.id, digest=LETTER)
        1 / 0  # noqa: B018
    assert someone.use(deed).id == deed.id


@pytest.mark.parametrize(("digest", "deed"), [("", SIGN), (LETTER.upper(), SIGN), (LETTER, "")])
def test_a_malformed_deed_is_a_mistake_of_ours(digest: str, deed: str) -> None:
    someone = Signer()
    with pytest.raises(ValueError, match="SHA-256"):
        services.confirm_deed(
            actor=someone.actor, code=app_code(someone.secret), digest=digest, deed=deed
        )


def test_the_table_refuses_what_is_no_hash() -> None:
    deed = Signer().confirm()
    row = DeedProof.objects.get(pk=deed.id)
    row.digest = "x" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_old_proofs_are_forgotten() -> None:
    Signer().confirm()
    with later(seconds=timedelta(days=1).total_seconds() + 1):
        forget_old(actor=system_actor("tidying"))
    assert not DeedProof.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_of_many_parallel_acts_gets_through() -> None:
    someone = Signer()
    deed = someone.confirm()
    answers = at_once(5, lambda _: someone.use(deed))
    assert sum(isinstance(answer, Deed) for answer in answers) == 1
    assert sum(isinstance(answer, DeedUsed) for answer in answers) == 4


@pytest.mark.django_db(transaction=True)
def test_it_is_confirmed_outside_and_spent_inside_a_transaction() -> None:
    someone = Signer()
    with pytest.raises(RuntimeError), transaction.atomic():
        someone.confirm()
    deed = someone.confirm()
    with pytest.raises(RuntimeError, match="in the transaction"):
        services.use_deed(actor=someone.actor, deed_id=deed.id, digest=LETTER)
