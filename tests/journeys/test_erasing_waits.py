"""What an erasure waits for, and that one that cannot be carried out keeps nobody else's back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from gapura.access.models import Grant
from gapura.accounts.models import Person, PersonHold
from gapura.authentication.models import AccountLock, Recovery
from gapura.journeys import tasks
from gapura.journeys.erasing import ask, carry_out_due, doing, look, obstacles, tidy_mails
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.notifications.models import Mail
from gapura.privacy.models import Erasure
from tests.access import world
from tests.authentication.world import person
from tests.sessions import acting
from tests.web.people import holder

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")


def asked() -> Person:
    """Somebody who has asked to be erased."""
    found = person()
    ask(actor=acting(found))
    return found


def carry_out() -> int:
    """Once the time to take it back is over."""
    with clock.frozen(clock.now() + timedelta(hours=72, seconds=1)):
        return carry_out_due(actor=SYSTEM)


def state_of(someone: Person) -> str:
    """Of the person's erasure."""
    return Erasure.objects.get(person=someone).state


def suspended(someone: Person) -> None:
    Person.objects.filter(pk=someone.pk).update(state="suspended")


def locked(someone: Person) -> None:
    AccountLock.objects.create(person=someone, why="desk", locked_at=clock.now())


def coming_back(someone: Person) -> None:
    now = clock.now()
    values = {"kind": "vouched", "asked_at": now, "ends_at": now + timedelta(days=30)}
    Recovery.objects.create(reference="PML-2026-1", person=someone, **values)


def held(someone: Person) -> None:
    PersonHold.objects.create(
        person=someone, kind="restriction", source="tests", starts_at=clock.now()
    )


@pytest.mark.parametrize("stop", [suspended, locked, coming_back, held])
def test_it_waits_while_the_account_may_be_somebody_elses(stop: Callable[[Person], None]) -> None:
    """Attack: a thief asks, the desk shuts the account; the owner's data must outlive that."""
    someone, other = asked(), asked()
    stop(someone)
    carry_out()
    assert (state_of(someone), state_of(other)) == ("cooling", "done")
    assert Person.objects.get(pk=someone.pk).name == someone.name


def test_an_administrator_who_is_suspended_and_alone_is_told_so_and_not_tried() -> None:
    world.places()
    someone = holder("admin_perusahaan", "PT1")
    Grant.objects.filter(person=someone).update(state="suspended")
    assert [one.code for one in look(actor=acting(someone)).obstacles] == ["only_admin"]


def test_one_that_fails_does_not_keep_the_others_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault: a row that no code expected."""
    someone, other = asked(), asked()
    plain = obstacles

    def broken(found: UUID) -> object:
        if found == someone.pk:
            raise RuntimeError("broken")
        return plain(found)

    monkeypatch.setattr(doing, "obstacles", broken)
    monkeypatch.setattr(doing, "BATCH", 1)
    assert carry_out() == 1
    assert (state_of(someone), state_of(other)) == ("cooling", "done")


def test_each_part_of_the_work_has_a_job_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault: the first part fails; names and mails are erased all the same."""
    done: list[str] = []
    for name in ("carry_out_due", "drop_names_due", "tidy_mails"):
        monkeypatch.setattr(tasks, name, lambda *, actor, name=name: done.append(name))
    tasks.erase(timestamp=0)
    tasks.drop_names(timestamp=0)
    tasks.tidy(timestamp=0)
    assert done == ["carry_out_due", "drop_names_due", "tidy_mails"]


def test_a_last_mail_that_never_leaves_keeps_no_other_and_goes_with_its_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fault: an address nobody answers at any more."""
    monkeypatch.setattr(doing, "BATCH", 1)
    someone, other = asked(), asked()
    carry_out()
    carry_out()
    Mail.objects.filter(person=other.pk).update(body=None)
    assert tidy_mails(actor=SYSTEM) == 1
    assert not Mail.objects.filter(person=other.pk).exists()
    assert tidy_mails(actor=SYSTEM) == 0
    ends = Erasure.objects.get(person=someone).link_ends_at
    assert ends is not None
    with clock.frozen(ends):
        assert tidy_mails(actor=SYSTEM) == 1
    assert not Mail.objects.filter(person=someone.pk).exists()


def test_the_name_stays_as_long_for_a_role_that_ended_with_the_erasure() -> None:
    world.places()
    holder("admin_perusahaan", "PT1")
    someone = holder("staf_perusahaan", "PT1")
    ask(actor=acting(someone))
    carry_out()
    assert Erasure.objects.get(person=someone).name_until is not None
