"""The way back for whoever lost everything: two people, a wait, a stop; never one mailbox (D41)."""

from datetime import timedelta

import pytest

from gapura.authentication import services
from gapura.authentication.errors import (
    FlowOver,
)
from gapura.authentication.methods import password as passwords
from gapura.authentication.methods import recovery_codes, totp
from gapura.authentication.models import Passkey, Recovery, Session
from gapura.authentication.rules import SLIP_SIGNS
from gapura.authentication.services.locks import lock_account
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from tests.authentication.recovering import (
    ask_by_mail,
    ask_without,
    code_to_return,
    come_back,
    named,
    second,
    vouch,
    waiting,
)
from tests.authentication.world import OTHER_PASSWORD, Browser, events, mailed_code, mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]
SYSTEM = system_actor("recovery")


def states(row: Recovery) -> str:
    row.refresh_from_db()
    return row.state


def test_the_whole_way_back_leaves_a_password_and_nothing_else() -> None:
    row, slip = waiting()
    person = row.person
    row.refresh_from_db()
    assert row.ready_at is not None
    assert recovery_codes.left(person.id) >= 0
    lock_account(actor=SYSTEM, person=person.id, why="recovery")
    with clock.frozen(row.ready_at):
        here = come_back(row, slip)
        services.finish_return(actor=here.actor, password=OTHER_PASSWORD)
        assert states(row) == "used"
        assert passwords.check(person.id, OTHER_PASSWORD).fits
        assert totp.confirmed(person.id) is None
        assert recovery_codes.left(person.id) == 0
        assert not Passkey.objects.filter(person=person).exists()
        assert not Session.objects.filter(person=person, ended_at__isnull=True).exists()
        # The level is not lifted: the ordinary sign-in follows, with a code by e-mail.
        there = Browser()
        there.begin(person.username, OTHER_PASSWORD)
        there.finish(mailed_code(person))
        back = there.actor
        assert back.acr == 1
        assert back.grants  # They stay; a role that needs an app waits for one.
    told = mails(person)
    for mail in ("asked", "vouched", "seconded", "used"):
        assert f"recovery_{mail}" in told
    assert events("authentication.recovery.used", person)[0]["way"] == "vouched"


def test_the_slip_is_ten_clear_signs_kept_only_as_a_hash() -> None:
    row = ask_by_mail(named("ppk"))
    slip = vouch(row)
    signs = slip.replace("-", "")
    assert len(signs) == 10
    assert set(signs) <= set(SLIP_SIGNS)
    row.refresh_from_db()
    assert signs.encode() not in bytes(row.slip_hash or b"")
    assert signs not in str(row.evidence)


def test_it_is_used_once() -> None:
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        one = come_back(row, slip)
    with clock.frozen(row.ready_at + timedelta(minutes=1)):
        other = come_back(row, slip)
        services.finish_return(actor=one.actor, password=OTHER_PASSWORD)
        with pytest.raises(FlowOver):
            services.finish_return(actor=other.actor, password="perahu kertas tujuh layar")
        here = Browser()
        here.keep(services.start_return(actor=here.actor, login=row.person.username))
        assert here.view.person is None


def test_the_slip_alone_or_the_mailbox_alone_opens_nothing() -> None:
    """Never one mailbox is the whole account."""
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here = Browser()
        here.keep(services.start_return(actor=here.actor, login=row.person.username))
        with pytest.raises(FlowOver):
            services.check_slip(actor=here.actor, code=slip)
        here.keep(services.check_return(actor=here.actor, code=code_to_return(row)))
        with pytest.raises(FlowOver):
            services.finish_return(actor=here.actor, password=OTHER_PASSWORD)


def test_people_type_the_slip_with_spaces_and_small_letters() -> None:
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        come_back(row, f"  {slip.lower().replace('-', ' ')} ")


def test_a_lost_mailbox_is_replaced_only_when_it_is_used_and_the_old_one_is_told() -> None:
    row = ask_without(named("ppk"))
    old = row.person.email
    slip = vouch(row, new_email="Rizky.Baru@contoh.go.id")
    second(row)
    row.refresh_from_db()
    assert named("ppk").email == old
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here = come_back(row, slip)
        services.finish_return(actor=here.actor, password=OTHER_PASSWORD)
    assert named("ppk").email == "Rizky.Baru@contoh.go.id"
    assert "email_changed" in mails(row.person)
