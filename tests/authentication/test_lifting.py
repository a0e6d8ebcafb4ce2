"""A lock of the desk: two administrators open it; a new password or a way back does not."""

from collections.abc import Callable

import pytest

from gapura.authentication import services
from gapura.authentication.errors import BadDecision, LiftAsked, NoSuchLock
from gapura.authentication.models import AccountLock
from gapura.authentication.queries import lock_for, lock_of, locks_for
from gapura.authentication.rules import Step
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from tests.authentication.desk import REASON, acting, admin, locked
from tests.authentication.recovering import come_back, waiting
from tests.authentication.world import (
    OTHER_PASSWORD,
    SYSTEM,
    Browser,
    at_once,
    events,
    mailed_code,
    mails,
    person,
)

pytestmark = pytest.mark.django_db


def test_one_asks_and_another_opens_it() -> None:
    someone, one, other = person(), admin(), admin()
    lock = locked(someone, one, other)
    assert not lock_for(one, lock.id).may_agree
    services.ask_lift(actor=one, lock_id=lock.id, reason=REASON)
    view = lock_for(one, lock.id)
    assert (view.asked_by, view.may_ask, view.may_agree) == (one.name, False, False)
    assert view.obstacles
    assert lock_for(other, lock.id).may_agree
    services.agree_lift(actor=other, lock_id=lock.id)
    assert lock_of(someone.id) is None
    assert "account_unlocked" in mails(someone)
    lock.refresh_from_db()
    assert (lock.lift_asked_by_id, lock.lifted_by_id) == (one.person, other.person)
    with pytest.raises(NoSuchLock):
        services.agree_lift(actor=other, lock_id=lock.id)


def test_nobody_opens_it_alone() -> None:
    someone, one, other = person(), admin(), admin()
    lock = locked(someone, one, other)
    acts: tuple[Callable[[], object], ...] = (
        lambda: services.lift_lock(actor=one, person=someone.id, reason=REASON),
        lambda: services.keep_lock(actor=one, lock_id=lock.id, reason=REASON),
        lambda: services.agree_lift(actor=one, lock_id=lock.id),
    )
    for act in acts:
        with pytest.raises((Refused, LiftAsked)):
            act()
    services.ask_lift(actor=one, lock_id=lock.id, reason=REASON)
    with pytest.raises(Refused):
        services.agree_lift(actor=one, lock_id=lock.id)
    with pytest.raises(LiftAsked):
        services.ask_lift(actor=other, lock_id=lock.id, reason=REASON)
    services.keep_lock(actor=other, lock_id=lock.id, reason=REASON)
    with pytest.raises(LiftAsked):
        services.agree_lift(actor=other, lock_id=lock.id)
    with pytest.raises(BadDecision):
        services.ask_lift(actor=one, lock_id=lock.id, reason="short")
    assert lock_of(someone.id)


@pytest.mark.parametrize("who", ["abroad", "helpdesk", "weak", "owner", "nobody"])
def test_others_neither_see_nor_open_it(who: str) -> None:
    someone = person(agency="T1")
    lock = locked(someone, admin(), admin())
    wrong = {
        "abroad": admin("admin_instansi", "T2"),
        "helpdesk": admin("helpdesk"),
        "weak": admin(acr=1),
        "owner": acting(someone, "admin_platform"),
        "nobody": Actor(),
    }[who]
    acts: tuple[Callable[[], object], ...] = (
        lambda: lock_for(wrong, lock.id),
        lambda: services.ask_lift(actor=wrong, lock_id=lock.id, reason=REASON),
        lambda: services.agree_lift(actor=wrong, lock_id=lock.id),
        lambda: services.keep_lock(actor=wrong, lock_id=lock.id, reason=REASON),
    )
    for act in acts:
        with pytest.raises(NoSuchLock):
            act()


def test_the_list_shows_locks_of_ones_own_desk() -> None:
    someone = person(agency="T1")
    locked(someone, admin(), admin())
    names = [one.username for one in locks_for(admin("admin_instansi", "T1"))]
    assert names == [someone.username]
    assert locks_for(admin("admin_instansi", "T2")) == ()


def test_a_lock_of_the_owner_is_not_the_desks_to_open() -> None:
    someone, one = person(), admin()
    services.lock_account(actor=SYSTEM, person=someone.id, why="not_me")
    lock = AccountLock.objects.get(person=someone)
    with pytest.raises(Refused):
        services.ask_lift(actor=one, lock_id=lock.id, reason=REASON)


def test_the_desks_lock_takes_the_place_of_one_that_the_owner_could_open() -> None:
    """Attack: say “this was not me” to oneself, so that a new password opens the account again."""
    someone = person()
    Browser().sign_in(someone)
    services.lock_account(actor=SYSTEM, person=someone.id, why="not_me")
    locked(someone, admin(), admin())
    lock = lock_of(someone.id)
    assert lock
    assert lock.why == "desk"
    services.lock_account(actor=SYSTEM, person=someone.id, why="not_me")
    assert AccountLock.objects.filter(person=someone, lifted_at__isnull=True).get().why == "desk"


@pytest.mark.usefixtures("personas")
@pytest.mark.parametrize(("why", "stays"), [("desk", True), ("not_me", False), ("recovery", False)])
def test_coming_back_opens_every_lock_but_the_desks(why: str, stays: bool) -> None:
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    services.lock_account(actor=SYSTEM, person=row.person_id, why=why)
    with clock.frozen(row.ready_at):
        here = come_back(row, slip)
        services.finish_return(actor=here.actor, password=OTHER_PASSWORD)
        assert (lock_of(row.person_id) is not None) == stays
        there = Browser()
        there.begin(row.person.username, OTHER_PASSWORD)
        done = there.finish(mailed_code(row.person))
        assert done.step is (Step.TURNED_AWAY if stays else Step.DONE)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_it_at_once_one_does() -> None:
    someone, one = person(), admin()
    lock = locked(someone, one, admin())
    services.ask_lift(actor=one, lock_id=lock.id, reason=REASON)
    others = [admin(), admin()]
    ends = at_once(2, lambda n: services.agree_lift(actor=others[n], lock_id=lock.id))
    assert sorted(type(end).__name__ for end in ends) == ["NoSuchLock", "NoneType"]
    assert len(events("authentication.account.unlocked", someone)) == 1
