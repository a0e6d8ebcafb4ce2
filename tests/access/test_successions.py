"""A new head takes a company over: told, objected to, decided, carried out, in time."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from gapura.access import services
from gapura.access.errors import (
    DeedMissing,
    NoSuchSuccession,
    SuccessionCooling,
    SuccessionNotNeeded,
    SuccessionOpen,
    SuccessionOver,
)
from gapura.access.models import Grant, Succession
from gapura.access.queries import active_grants, holders, last_successor, succession, successions
from gapura.access.services import Deed, Named
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import Problem
from gapura.notifications.models import Mail
from tests.access import world
from tests.access.companies import REASON, of_company, someone
from tests.access.test_races import at_once

db = pytest.mark.django_db
NAMED = Named("OSS-1", "a" * 64)
AGAIN = Named("OSS-2", "b" * 64)
HOURS = timedelta(hours=1)


def started(person: Person, former: str = "stay", company: str = "PT1") -> UUID:
    """Somebody begins to take the company over."""
    deed = Deed("AHU-0001.AH.01.02", date(2026, 1, 5), world.document(person))
    return services.start_succession(
        actor=world.actor(person), company=company, deed=deed, named=NAMED, former=former
    )


def helper() -> Actor:
    """A helpdesk officer."""
    return world.actor(world.holder("petugas", "helpdesk"))


def mailed(template: str) -> set[UUID | None]:
    """Who got it."""
    rows = Mail.objects.filter(template=f"access/mail/{template}.txt")
    return set(rows.values_list("person", flat=True))


@db
@pytest.mark.parametrize(("former", "then"), [("stay", ["staf_perusahaan"]), ("leave", [])])
def test_without_objection_the_new_head_takes_over_after_three_days(
    former: str, then: list[str]
) -> None:
    old, staff, head = of_company(), of_company("staf_perusahaan"), someone("direktur")
    row = started(head, former)
    assert mailed("succession_started") == {old.id, staff.id}
    cooled = clock.now() + 72 * HOURS
    with clock.frozen(cooled - timedelta(seconds=5)), pytest.raises(SuccessionCooling):
        services.take_over(actor=world.actor(head), succession_id=row, named=AGAIN)
    assert holders("admin_perusahaan", company="PT1") == [old.id]
    with clock.frozen(cooled + HOURS):
        grant = services.take_over(actor=world.actor(head), succession_id=row, named=AGAIN)
        assert [g.id for g in active_grants(head.id, clock.now())] == [grant]
        assert holders("admin_perusahaan", company="PT1") == [head.id]
        kept = active_grants(old.id, clock.now())
        assert [g.role for g in kept] == then
        assert all("signing" not in g.duties for g in kept)
        assert mailed("succession_done") == {old.id, staff.id}
        assert last_successor("PT1") == head.id


@db
def test_somebody_of_the_staff_becomes_the_head_and_holds_one_role() -> None:
    of_company()
    staff = of_company("staf_perusahaan")
    row = started(staff)
    with clock.frozen(clock.now() + 73 * HOURS):
        services.take_over(actor=world.actor(staff), succession_id=row, named=AGAIN)
        assert [g.role for g in active_grants(staff.id, clock.now())] == ["admin_perusahaan"]


@db
@pytest.mark.parametrize("who", ["admin", "staff"])
def test_an_objection_stops_it_until_the_helpdesk_has_decided(who: str) -> None:
    old, staff, head = of_company(), of_company("staf_perusahaan"), someone("direktur")
    desk, row = helper(), started(head)
    one = world.actor(old if who == "admin" else staff)
    services.object_to_succession(actor=one, succession_id=row, reason=REASON)
    assert {head.id, desk.person} <= mailed("succession_objected")
    with clock.frozen(clock.now() + 80 * HOURS):
        with pytest.raises(NoSuchMove):
            services.take_over(actor=world.actor(head), succession_id=row, named=AGAIN)
        assert [s.id for s in successions(desk)] == [row]
        services.allow_succession(actor=desk, succession_id=row, reason=REASON)
        assert successions(desk) == ()
        services.take_over(actor=world.actor(head), succession_id=row, named=AGAIN)
        assert holders("admin_perusahaan", company="PT1") == [head.id]


@db
def test_a_refused_takeover_changes_nothing_and_can_be_begun_anew() -> None:
    old, head = of_company(), someone("direktur")
    desk, row = helper(), started(head)
    services.object_to_succession(actor=world.actor(old), succession_id=row, reason=REASON)
    services.refuse_succession(actor=desk, succession_id=row, reason=REASON)
    assert succession(world.actor(head), row).reason == REASON
    assert holders("admin_perusahaan", company="PT1") == [old.id]
    assert started(head) != row


@db
@pytest.mark.parametrize("who", ["successor", "objector", "of the company", "nobody", "weak"])
def test_nobody_with_a_stake_decides(who: str) -> None:
    """The attack: an objector or a successor who also works at the helpdesk."""
    old, head, other = of_company(), someone("direktur"), of_company("staf_perusahaan")
    row = started(head)
    services.object_to_succession(actor=world.actor(old), succession_id=row, reason=REASON)
    people = {"successor": head, "objector": old, "of the company": other, "nobody": someone()}
    person = people.get(who) or someone()
    if who != "nobody":
        services.issue_grant(actor=world.SYSTEM, person_id=person.id, role="helpdesk")
    actor = world.actor(person, acr=1 if who == "weak" else 2)
    desk = next((g for g in actor.grants if g.role == "helpdesk"), None)
    with pytest.raises((Refused, NoSuchSuccession)):
        services.allow_succession(actor=actor.as_grant(desk), succession_id=row, reason=REASON)
    assert Succession.objects.get().state == "objected"


@db
def test_only_the_people_of_the_company_object_and_only_in_time() -> None:
    old, head = of_company(), someone("direktur")
    row = started(head)
    with pytest.raises(NoSuchSuccession):
        services.object_to_succession(
            actor=world.actor(of_company(code="PT2")), succession_id=row, reason=REASON
        )
    with pytest.raises(Refused):
        services.object_to_succession(actor=world.actor(head), succession_id=row, reason=REASON)
    with clock.frozen(clock.now() + 72 * HOURS + HOURS), pytest.raises(SuccessionOver):
        services.object_to_succession(actor=world.actor(old), succession_id=row, reason=REASON)


@db
@pytest.mark.parametrize("who", ["stranger", "old admin", "weak", "suspended"])
def test_nobody_else_takes_over(who: str) -> None:
    old, head = of_company(), someone("direktur")
    row = started(head)
    if who == "suspended":
        Person.objects.filter(pk=head.pk).update(state="suspended")
        head.refresh_from_db()
    actor = world.actor(
        {"stranger": someone(), "old admin": old}.get(who, head), acr=1 if who == "weak" else 2
    )
    with (
        clock.frozen(clock.now() + 73 * HOURS),
        pytest.raises((Refused, NoSuchSuccession)),
    ):
        services.take_over(actor=actor, succession_id=row, named=AGAIN)
    assert holders("admin_perusahaan", company="PT1") == [old.id]


@db
def test_what_begins_is_checked() -> None:
    old, head = of_company(), someone("direktur")
    actor = world.actor(head)
    with pytest.raises(SuccessionNotNeeded):
        services.check_succession(actor=world.actor(old), company="PT1")
    with pytest.raises(Refused):
        services.check_succession(
            actor=world.actor(someone("baru", state="contact_verified")), company="PT1"
        )
    with pytest.raises(Refused):
        services.check_succession(actor=world.actor(head, acr=1), company="PT1")
    for number, day in (("", clock.today()), ("AHU-1", clock.today() + timedelta(days=1))):
        deed = Deed(number, day, uuid4())
        with pytest.raises(DeedMissing):
            services.start_succession(actor=actor, company="PT1", deed=deed, named=NAMED)
    started(head)
    with pytest.raises(SuccessionOpen):
        started(someone("lain"))
    with pytest.raises(SuccessionOpen):
        services.check_succession(actor=world.actor(someone()), company="PT1")


@db
def test_the_clock_tells_who_may_and_ends_what_nobody_took_over() -> None:
    of_company()
    head = someone("direktur")
    row = started(head)
    tidy = partial(services.tidy_successions, actor=world.SYSTEM)
    assert tidy() == 0
    with clock.frozen(clock.now() + 73 * HOURS):
        assert (tidy(), tidy()) == (1, 0)
        assert mailed("succession_ready") == {head.id}
    with clock.frozen(clock.now() + 72 * HOURS + timedelta(days=14, seconds=5)):
        with pytest.raises(SuccessionOver):
            services.take_over(actor=world.actor(head), succession_id=row, named=AGAIN)
        assert (tidy(), tidy()) == (1, 0)
        assert Succession.objects.get().state == "lapsed"


@db
def test_the_successor_can_withdraw_and_nobody_for_them() -> None:
    old, head = of_company(), someone("direktur")
    row = started(head)
    with pytest.raises(Refused):
        services.withdraw_succession(actor=world.actor(old), succession_id=row)
    services.withdraw_succession(actor=world.actor(head), succession_id=row)
    assert mailed("succession_ended") == {old.id}
    with pytest.raises(NoSuchMove):
        services.withdraw_succession(actor=world.actor(head), succession_id=row)


@db
def test_a_company_without_administrator_is_taken_over_too() -> None:
    """The open path: the last administrator's account was closed."""
    old, head = of_company(), someone("direktur")
    Person.objects.filter(pk=old.pk).update(state="closed")
    row = started(head)
    with clock.frozen(clock.now() + 73 * HOURS):
        services.take_over(actor=world.actor(head), succession_id=row, named=AGAIN)
        assert holders("admin_perusahaan", company="PT1") == [head.id]


@db
@pytest.mark.parametrize("field", ["objected_by", "decided_by"])
def test_the_database_lets_nobody_object_to_or_decide_on_themselves(field: str) -> None:
    of_company()
    head = someone("direktur")
    row = started(head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.filter(pk=row).update(**{field: head})


@pytest.mark.django_db(transaction=True)
def test_taking_over_while_the_old_administrator_promotes_leaves_exactly_the_new_head() -> None:
    """The attack: the old administrator makes an accomplice administrator at the same moment."""
    for number in range(5):
        code = f"PT{number}"
        old, staff = of_company(code=code), of_company("staf_perusahaan", code)
        head = someone("direktur")
        row = started(head, company=code)
        Succession.objects.filter(pk=row).update(cools_until=clock.now() - HOURS)
        promoted = Grant.objects.get(person=staff).id
        at_once(
            partial(services.take_over, actor=world.actor(head), succession_id=row, named=AGAIN),
            partial(
                services.change_staff,
                actor=world.actor(old),
                grant_id=promoted,
                role="admin_perusahaan",
            ),
        )
        assert holders("admin_perusahaan", company=code) == [head.id]


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_are_one() -> None:
    for number in range(5):
        code = f"PT{number}"
        of_company(code=code)
        pair = [someone("direktur") for _ in range(2)]
        results = at_once(*(partial(started, one, company=code) for one in pair))
        assert [isinstance(r, Problem) for r in results].count(True) == 1
        assert Succession.objects.filter(company=code).count() == 1
