"""A way back begins and ends: asked for by anybody, stopped by its owner, over by its dates."""

from datetime import timedelta

import pytest

from gapura.authentication import services
from gapura.authentication.errors import (
    NothingWaits,
    SlipDead,
    WrongSlip,
)
from gapura.authentication.methods import password as passwords
from gapura.authentication.methods import totp
from gapura.authentication.models import Recovery
from gapura.authentication.services.recovery_ends import lapse_recoveries, tell_ready
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import TooMany
from tests.authentication.recovering import (
    ask_by_mail,
    ask_without,
    code_to_return,
    come_back,
    helper,
    named,
    second,
    stop_link,
    vouch,
    waiting,
)
from tests.authentication.world import OTHER_PASSWORD, Browser, events, mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]
SYSTEM = system_actor("recovery")


def states(row: Recovery) -> str:
    row.refresh_from_db()
    return row.state


def test_at_its_end_it_opens_nothing_even_before_a_job_has_been_by() -> None:
    row, slip = waiting()
    row.refresh_from_db()
    with clock.frozen(row.ends_at - timedelta(seconds=1)):
        come_back(row, slip)
    with clock.frozen(row.ends_at):
        here = Browser()
        here.keep(services.start_return(actor=here.actor, login=row.person.username))
        assert here.view.person is None
        assert lapse_recoveries(actor=SYSTEM) == 1
        assert lapse_recoveries(actor=SYSTEM) == 0
    assert states(row) == "lapsed"


def test_what_nobody_looked_at_lapses_and_may_be_asked_for_again() -> None:
    row = ask_by_mail(named("ppk"))
    with clock.frozen(row.ends_at):
        with pytest.raises(NothingWaits):
            vouch(row)
        again = ask_by_mail(named("ppk"))
    assert states(row) == "lapsed"
    assert again.pk != row.pk


def test_the_owner_is_told_once_when_the_wait_is_over() -> None:
    row, _ = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    assert tell_ready(actor=SYSTEM) == 0
    with clock.frozen(row.ready_at):
        assert tell_ready(actor=SYSTEM) == 1
        assert tell_ready(actor=SYSTEM) == 0
    assert mails(row.person)[-1] == "recovery_ready"


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_the_owner_stops_it_at_any_step_by_the_link_signed_out(steps: int) -> None:
    row = ask_by_mail(named("ppk"))
    for act in (vouch, second)[: steps - 1]:
        act(row)
    services.stop_by_link(actor=Browser().actor, token=stop_link(row))
    assert states(row) == "stopped"
    assert events("authentication.recovery.stopped", row.person)[0]["stopped_by"] == "link"
    with pytest.raises(NothingWaits):
        services.stop_by_link(actor=Browser().actor, token=stop_link(row))


def test_the_owner_stops_it_when_signed_in_and_nobody_else_does() -> None:
    row = ask_by_mail(named("ppk"))
    assert services.stop_own_recoveries(actor=helper("pp")) == 0
    assert states(row) == "asked"
    assert services.stop_own_recoveries(actor=helper("ppk")) == 1
    assert states(row) == "stopped"


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 5000, "\x00"])
def test_a_made_up_link_stops_nothing(token: str) -> None:
    row = ask_by_mail(named("ppk"))
    with pytest.raises(NothingWaits):
        services.stop_by_link(actor=Browser().actor, token=token)
    assert states(row) == "asked"


def test_what_was_stopped_after_the_slip_was_typed_gives_no_password() -> None:
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here = come_back(row, slip)
        services.stop_by_link(actor=Browser().actor, token=stop_link(row))
        with pytest.raises(NothingWaits):
            services.finish_return(actor=here.actor, password=OTHER_PASSWORD)
    assert not passwords.check(row.person_id, OTHER_PASSWORD).fits
    assert totp.confirmed(row.person_id) is not None


def test_the_slip_is_guessed_five_times_and_then_it_is_over() -> None:
    """Whoever reads the mail must not try the slip's codes one by one."""
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at):
        here = Browser()
        here.keep(services.start_return(actor=here.actor, login=row.person.username))
        here.keep(services.check_return(actor=here.actor, code=code_to_return(row)))
        lefts = []
        for _ in range(4):
            with pytest.raises(WrongSlip) as caught:
                services.check_slip(actor=here.actor, code="AAAAA-AAAAA")
            lefts.append(caught.value.values["left"])
        assert lefts == [4, 3, 2, 1]
        with pytest.raises(SlipDead):
            services.check_slip(actor=here.actor, code="AAAAA-AAAAA")
        with pytest.raises(NothingWaits):
            services.check_slip(actor=here.actor, code=slip)
    assert states(row) == "stopped"
    assert len(events("authentication.recovery.slip_refused", row.person)) == 5


def test_asking_twice_changes_nothing_but_what_the_mailbox_proves() -> None:
    row = ask_without(named("ppk"))
    assert ask_without(named("ppk")).pk == row.pk
    assert not row.evidence["mailbox"]
    assert ask_by_mail(named("ppk")).pk == row.pk
    row.refresh_from_db()
    assert row.evidence["mailbox"]
    assert len(events("authentication.recovery.asked", row.person)) == 1


def test_an_unknown_name_gets_the_same_answer_and_no_row() -> None:
    here = Browser()
    begun = here.keep(services.start_recovery(actor=here.actor, login="nobody-known"))
    known = Browser()
    same = known.keep(services.start_recovery(actor=known.actor, login="ppk"))
    assert (begun.step, begun.method, begun.methods) == (same.step, same.method, same.methods)
    with pytest.raises(Problem):
        services.ask_recovery(actor=here.actor, code="000000")
    services.ask_without_mailbox(actor=here.actor, login="nobody-known", story="Hilang semua.")
    assert not Recovery.objects.exists()


def test_asking_is_limited_by_name_and_by_address() -> None:
    for _ in range(3):
        here = Browser(ip="198.51.100.7")
        services.ask_without_mailbox(actor=here.actor, login="ppk", story="Hilang semua.")
    with pytest.raises(TooMany):
        services.ask_without_mailbox(actor=here.actor, login="ppk", story="Hilang semua.")
    for number in range(6):
        services.ask_without_mailbox(actor=here.actor, login=f"nama{number}", story="Hilang.")
    with pytest.raises(TooMany):
        services.ask_without_mailbox(actor=here.actor, login="nama9", story="Hilang semua.")
