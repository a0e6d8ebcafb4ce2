"""Two at once on a way back: one of them gets through, and the tables agree."""

import pytest

from gapura.authentication import services
from gapura.authentication.errors import NothingWaits
from gapura.authentication.models import Recovery
from gapura.kernel import clock
from gapura.kernel.moves import NoSuchMove
from tests.authentication.recovering import (
    ask_by_mail,
    come_back,
    helper,
    named,
    second,
    stop_link,
    vouch,
    waiting,
)
from tests.authentication.world import OTHER_PASSWORD, Browser, at_once, events

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("personas")]


def test_of_two_who_agree_at_once_one_does() -> None:
    row = ask_by_mail(named("ppk"))
    vouch(row)
    helpers = [helper("verifikator2"), helper("admin_instansi")]
    done = at_once(2, lambda number: second(row, helpers[number]))
    assert sorted(type(one).__name__ for one in done) == ["NoSuchMove", "Recovery"]
    assert len(events("authentication.recovery.seconded", row.person)) == 1


def test_a_second_and_a_stop_at_once_leave_it_stopped() -> None:
    row = ask_by_mail(named("ppk"))
    vouch(row)
    colleague, token = helper("verifikator2"), stop_link(row)

    def act(number: int) -> object:
        if number:
            return second(row, colleague)
        services.stop_by_link(actor=Browser().actor, token=token)
        return None

    done = at_once(2, act)
    row.refresh_from_db()
    assert row.state == "stopped"
    assert not any(isinstance(one, NothingWaits) for one in done)
    assert all(one is None or isinstance(one, Recovery | NoSuchMove) for one in done)


def test_of_two_browsers_with_the_slip_one_sets_the_password() -> None:
    row, slip = waiting()
    row.refresh_from_db()
    ready = row.ready_at
    assert ready is not None
    with clock.frozen(ready):
        here = come_back(row, slip)
    new = (OTHER_PASSWORD, "delapan layang putus benang")

    def finish(number: int) -> object:
        with clock.frozen(ready):
            return services.finish_return(actor=actor, password=new[number])

    with clock.frozen(ready):
        actor = here.actor
    done = at_once(2, finish)
    assert sum(isinstance(one, int) for one in done) == 1
    assert len(events("authentication.recovery.used", row.person)) == 1
