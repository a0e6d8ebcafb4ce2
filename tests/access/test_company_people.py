"""People of a company: asking to be admitted, being admitted, being cut off."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from gapura.access import services
from gapura.access.errors import (
    AlreadyAsked,
    AlreadyHeld,
    AlreadyStaff,
    NobodyAdmits,
    NoSuchGrant,
    NoSuchJoin,
    NotACompanyRole,
    StaffReasonMissing,
)
from gapura.access.models import Grant, JoinRequest
from gapura.access.queries import active_grants, joining, member, own_joins, staff, staff_of
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail
from gapura.organizations.errors import NoSuchCompany
from gapura.organizations.models import Company
from tests.access import world
from tests.access.companies import REASON, of_company, someone

pytestmark = pytest.mark.django_db
POSITION = "Staf penjualan"


def asked(person: Person | None = None, company: str = "PT1") -> JoinRequest:
    """Somebody's request to be admitted."""
    who = world.actor(person or someone())
    row = services.ask_to_join(actor=who, company=company, position=POSITION)
    return JoinRequest.objects.get(pk=row)


def test_whoever_is_admitted_works_after_the_second_factor() -> None:
    boss, person = of_company(), someone()
    row = asked(person)
    assert [mail.template for mail in Mail.objects.filter(person=boss.id)] == [
        "access/mail/join_asked.txt"
    ]
    grant = services.admit_person(actor=world.actor(boss), join_id=row.id)
    assert active_grants(person.id, clock.now()) == ()
    services.activate_grant(actor=world.actor(person), grant_id=grant)
    assert [one.role for one in active_grants(person.id, clock.now())] == ["staf_perusahaan"]
    assert own_joins(world.actor(person))[0].state == "admitted"


def test_whoever_is_not_admitted_reads_why() -> None:
    boss, person = of_company(), someone()
    row = asked(person)
    services.refuse_join(actor=world.actor(boss), join_id=row.id, reason=REASON)
    assert own_joins(world.actor(person))[0].reason == REASON
    assert REASON in (Mail.objects.filter(person=person.id).latest("created_at").body or "")
    assert not Grant.objects.filter(person=person).exists()


@pytest.mark.parametrize("act", ["admit", "refuse"])
@pytest.mark.parametrize("who", ["staff", "other company", "nobody", "verifier"])
def test_nobody_else_decides(act: str, who: str) -> None:
    of_company()
    row = asked()
    world.places()
    people: dict[str, Callable[[], Person]] = {
        "staff": lambda: of_company("staf_perusahaan"),
        "other company": lambda: of_company(code="PT2"),
        "nobody": someone,
        "verifier": world.verifier,
    }
    actor = world.actor(people[who]())
    with pytest.raises((Refused, NoSuchJoin)):
        if act == "admit":
            services.admit_person(actor=actor, join_id=row.id)
        else:
            services.refuse_join(actor=actor, join_id=row.id, reason=REASON)
    row.refresh_from_db()
    assert row.state == "waiting"


def test_another_companys_request_looks_like_none() -> None:
    of_company()
    row, other = asked(), world.actor(of_company(code="PT2"))
    for wanted in (row.id, uuid4()):
        with pytest.raises(NoSuchJoin):
            joining(other, wanted)
    assert staff_of(other).joins == ()


def test_an_email_code_is_too_weak_to_admit() -> None:
    boss = of_company()
    with pytest.raises(Refused) as caught:
        services.admit_person(actor=world.actor(boss, acr=1), join_id=asked().id)
    assert caught.value.verdict.only_needs_strength


def test_nobody_is_admitted_into_a_public_office() -> None:
    boss = of_company()
    with pytest.raises(NotACompanyRole):
        services.admit_person(actor=world.actor(boss), join_id=asked().id, role="ppk")


def test_decided_is_decided() -> None:
    boss, other = of_company(), of_company()
    row = asked()
    services.admit_person(actor=world.actor(boss), join_id=row.id)
    with pytest.raises(NoSuchMove):
        services.admit_person(actor=world.actor(other), join_id=row.id)
    with pytest.raises(NoSuchMove):
        services.refuse_join(actor=world.actor(other), join_id=row.id, reason=REASON)
    assert Grant.objects.filter(person=row.person_id).count() == 1


def test_the_database_lets_nobody_admit_themselves() -> None:
    of_company()
    row = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.filter(pk=row.pk).update(decided_by=row.person_id)


def test_one_request_a_company_and_none_for_its_people() -> None:
    boss, person = of_company(), someone()
    asked(person)
    with pytest.raises(AlreadyAsked):
        asked(person)
    with pytest.raises(AlreadyStaff):
        asked(boss)


def test_a_company_without_administrator_is_not_asked_in_vain() -> None:
    Company.objects.create(code="PT9", name="PT Sepi")
    with pytest.raises(NobodyAdmits):
        asked(company="PT9")
    with pytest.raises(NoSuchCompany):
        asked(company="PT404")


@pytest.mark.parametrize("position", ["", "x", "x" * 151, "staf\u202epenjualan", "a\0bc"])
def test_an_unusable_position_is_told(position: str) -> None:
    of_company()
    with pytest.raises(FieldProblems):
        services.ask_to_join(actor=world.actor(someone()), company="PT1", position=position)


def test_only_the_own_request_is_withdrawn() -> None:
    of_company()
    person = someone()
    row = asked(person)
    with pytest.raises(NoSuchJoin):
        services.withdraw_join(actor=world.actor(someone()), join_id=row.id)
    services.withdraw_join(actor=world.actor(person), join_id=row.id)
    with pytest.raises(NoSuchMove):
        services.withdraw_join(actor=world.actor(person), join_id=row.id)
    asked(person)


def test_a_removed_person_is_cut_off_at_once() -> None:
    boss, staff = of_company(), of_company("staf_perusahaan")
    grant = Grant.objects.get(person=staff)
    services.remove_staff(actor=world.actor(boss), grant_id=grant.id, reason=REASON)
    assert active_grants(staff.id, clock.now()) == ()
    with pytest.raises(NoSuchGrant):
        services.remove_staff(actor=world.actor(boss), grant_id=grant.id, reason=REASON)


@pytest.mark.parametrize("who", ["staff", "other company", "self"])
def test_nobody_else_ends_a_role(who: str) -> None:
    """Another company's people look like none; nobody ends the own role."""
    boss, staff = of_company(), of_company("staf_perusahaan")
    wanted = Grant.objects.get(person=boss if who == "self" else staff)
    actor = {
        "staff": lambda: staff,
        "other company": lambda: of_company(code="PT2"),
        "self": lambda: boss,
    }[who]()
    with pytest.raises((Refused, NoSuchGrant)):
        services.remove_staff(actor=world.actor(actor), grant_id=wanted.id, reason=REASON)
    assert active_grants(wanted.person_id, clock.now())


def test_two_who_remove_each_other_leave_one() -> None:
    """The second acts on a role that was ended a moment ago: it is looked at under the lock."""
    first, second = of_company(), of_company()
    stale = world.actor(second)
    services.remove_staff(
        actor=world.actor(first), grant_id=Grant.objects.get(person=second).id, reason=REASON
    )
    with pytest.raises(NoSuchGrant):
        services.remove_staff(
            actor=stale, grant_id=Grant.objects.get(person=first).id, reason=REASON
        )
    assert active_grants(first.id, clock.now())


def test_whoever_is_beyond_the_pages_length_is_found_and_in_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    boss, last = world.actor(of_company()), of_company("staf_perusahaan")
    monkeypatch.setattr(staff, "_MOST", 1)
    assert len(staff_of(boss).members) == 1
    grant = Grant.objects.get(person=last)
    assert member(boss, grant.id).username == last.username
    assert last.username in services.staff_file(actor=boss, form="csv").decode()


@pytest.mark.parametrize("reason", ["", "pendek", "x" * 301])
def test_a_role_ends_with_a_reason(reason: str) -> None:
    boss, staff = of_company(), of_company("staf_perusahaan")
    with pytest.raises(StaffReasonMissing):
        services.remove_staff(
            actor=world.actor(boss), grant_id=Grant.objects.get(person=staff).id, reason=reason
        )


def test_only_the_founder_takes_the_first_role_and_only_once() -> None:
    founder = someone()
    Company.objects.create(code="PT5", name="PT Baru", registered_by=founder.id)
    with pytest.raises(Refused):
        services.admit_founder(actor=world.actor(someone()), company="PT5")
    grant = services.admit_founder(actor=world.actor(founder), company="PT5")
    assert Grant.objects.get(pk=grant).state == "approved"
    with pytest.raises(AlreadyHeld):
        services.admit_founder(actor=world.actor(founder), company="PT5")
