"""Attacks on who stands for an account: one mailbox alone, helpers who fell, a lock in the way."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from gapura.access.models import Grant
from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import FlowOver, HelpersFell, RoleNeedsTwo
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import AccountLock, Password, Recovery
from gapura.authentication.queries import lock_of
from gapura.authentication.rules import Step
from gapura.authentication.services.disavowals import link_for
from gapura.authentication.services.locks import lock_account
from gapura.authentication.services.recovery_ends import tell_ready
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.organizations.models import Agency
from tests.access.world import holder
from tests.authentication.recovering import (
    ask_without,
    code_to_return,
    come_back,
    named,
    second,
    vouch,
    waiting,
)
from tests.authentication.world import OTHER_PASSWORD, Browser, events, mailed_code, mails, person

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("recovery")


def with_role(state: str) -> Person:
    """Somebody with a password and a role, and no factor but the mailbox."""
    someone = person()
    Agency.objects.get_or_create(code="T1", defaults={"name": "Agency T1", "kind": "ministry"})
    other = holder("role", "verifikator", "T1")
    ended = clock.now() if state == "revoked" else None
    Grant.objects.filter(person=other).update(person=someone, state=state, ended_at=ended)
    return someone


def proven(someone: Person) -> tuple[Browser, Step]:
    """A browser in which the mailbox was proven, and what comes next."""
    here = Browser()
    here.keep(services.start_reset(actor=here.actor, login=someone.username))
    code = mailed_code(someone, "reset")
    return here, here.keep(services.check_reset(actor=here.actor, code=code)).step


@pytest.mark.parametrize("state", ["active", "approved", "suspended"])
def test_a_mailbox_alone_never_becomes_the_account_of_somebody_with_a_role(state: str) -> None:
    """Attack: read a verifier's mail for a day, and choose a new password when nobody objects."""
    someone = with_role(state)
    for hours in (0, 25):
        with clock.frozen(clock.now() + timedelta(hours=hours)):
            here, step = proven(someone)
            assert step is Step.RESET_VOUCHED
            with pytest.raises(FlowOver):
                services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    assert not Recovery.objects.filter(person=someone).exists()
    assert not passwords.check(someone.id, OTHER_PASSWORD).fits


@pytest.mark.parametrize("state", ["revoked", ""])
def test_somebody_without_a_role_keeps_the_way_with_a_wait(state: str) -> None:
    """Nobody is there to vouch for a citizen who only has a mailbox."""
    someone = with_role(state) if state else person()
    assert proven(someone)[1] is Step.RESET_WAIT


def test_a_role_that_came_during_the_wait_ends_the_way_with_the_mailbox() -> None:
    """Attack: begin the wait before the person is given the role, and use it afterwards."""
    someone = person()
    proven(someone)
    row = Recovery.objects.get(person=someone)
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here, step = proven(someone)
        assert step is Step.RESET_PASSWORD
        Grant.objects.filter(person=with_role("approved")).update(person=someone)
        with pytest.raises(RoleNeedsTwo):
            services.finish_reset(actor=here.actor, password=OTHER_PASSWORD)
    with clock.frozen(row.ready_at + timedelta(minutes=1)):
        assert proven(someone)[1] is Step.RESET_VOUCHED
    assert not passwords.check(someone.id, OTHER_PASSWORD).fits


def _revoke(helper: Person) -> None:
    Grant.objects.filter(person=helper).update(state="revoked", ended_at=clock.now())


def _suspend_role(helper: Person) -> None:
    Grant.objects.filter(person=helper).update(state="suspended")


def _suspend_person(helper: Person) -> None:
    Person.objects.filter(pk=helper.pk).update(state="suspended")


def _end_grant(helper: Person) -> None:
    for grant in Grant.objects.filter(person=helper):
        grant.valid = type(grant.valid)(grant.valid.lower, clock.today())
        grant.save(update_fields=["valid"])


def _lock(helper: Person) -> None:
    lock_account(actor=SYSTEM, person=helper.id, why="not_me")


FALLS = (_revoke, _suspend_role, _suspend_person, _end_grant, _lock)


@pytest.mark.usefixtures("personas")
@pytest.mark.parametrize("who", ["vouched_by", "seconded_by"])
@pytest.mark.parametrize("fall", FALLS)
def test_a_way_back_falls_with_whoever_stood_for_it(
    who: str, fall: Callable[[Person], None]
) -> None:
    """Attack: a bribed verifier vouches, is found out within the day, and it works all the same."""
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here = come_back(row, slip)
        fall(getattr(row, who))
        with pytest.raises(HelpersFell):
            services.finish_return(actor=here.actor, password=OTHER_PASSWORD)
    row.refresh_from_db()
    assert (row.state, row.end_reason) == ("stopped", "helper")
    assert events("authentication.recovery.stopped", row.person)[0]["stopped_by"] == "helper"
    assert not passwords.check(row.person_id, OTHER_PASSWORD).fits
    assert "recovery_stopped" in mails(row.person)
    for helper in (row.vouched_by, row.seconded_by):
        assert helper is not None
        assert "recovery_stopped_desk" in mails(helper)


@pytest.mark.usefixtures("personas")
def test_it_is_asked_at_every_step_of_the_way_back() -> None:
    """Attack: the voucher fell before the code by e-mail is typed."""
    row, _ = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here = Browser()
        here.keep(services.start_return(actor=here.actor, login=row.person.username))
        _revoke(named("verifikator"))
        with pytest.raises(HelpersFell):
            services.check_return(actor=here.actor, code=code_to_return(row))
    row.refresh_from_db()
    assert row.state == "stopped"


@pytest.mark.usefixtures("personas")
def test_nobody_is_called_back_by_helpers_who_fell() -> None:
    """Attack: the owner is told that the wait is over, and goes on believing in it."""
    row, _ = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    _suspend_role(named("verifikator2"))
    with clock.frozen(row.ready_at):
        assert tell_ready(actor=SYSTEM) == 0
    assert "recovery_ready" not in mails(row.person)
    assert mails(row.person)[-1] == "recovery_stopped"


@pytest.mark.usefixtures("personas")
def test_a_helper_of_another_agency_does_not_stand_for_it() -> None:
    """Attack: the voucher moved to another agency meanwhile, with the same role there."""
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    there = Agency.objects.exclude(code=row.agency).values_list("code", flat=True)[0]
    with clock.frozen(row.ready_at):
        here = come_back(row, slip)
        Grant.objects.filter(person=row.vouched_by).update(agency=there)
        with pytest.raises(HelpersFell):
            services.finish_return(actor=here.actor, password=OTHER_PASSWORD)


@pytest.mark.usefixtures("personas")
def test_a_new_address_falls_with_whoever_stood_for_it() -> None:
    """Attack: the address that a bribed verifier named becomes the account's."""
    row = ask_without(named("ppk"))
    old = row.person.email
    slip = vouch(row, new_email="orang.lain@contoh.go.id")
    second(row)
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here = come_back(row, slip)
        _revoke(named("verifikator"))
        with pytest.raises(HelpersFell):
            services.finish_return(actor=here.actor, password=OTHER_PASSWORD)
    assert named("ppk").email == old


def test_this_was_not_me_demands_a_new_password_under_a_lock_of_the_desk_too() -> None:
    """Attack: the desk locked first; once it opens, the stolen password works again."""
    someone = person()
    Browser().sign_in(someone)
    lock_account(actor=SYSTEM, person=someone.id, why="desk")
    token = link_for(someone.id, "totp").rpartition("/")[2]
    services.disavow(actor=Browser().actor, token=token)
    lock = lock_of(someone.id)
    assert lock is not None
    assert lock.why == "desk"
    assert AccountLock.objects.filter(person=someone).count() == 1
    assert Password.objects.get(person=someone).must_change == "compromised"
    assert events("authentication.password.demanded", someone)[0]["why"] == "compromised"
