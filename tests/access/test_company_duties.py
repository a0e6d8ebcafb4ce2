"""What staff may do at a company: given, changed, another role; the table and the log agree."""

from collections.abc import Collection

import pytest
from django.db import IntegrityError, connection, transaction

from gapura.access import services
from gapura.access.errors import LastAdministrator, NoSuchDuty, NoSuchGrant, NotACompanyRole
from gapura.access.models import Grant
from gapura.access.queries import DUTIES, active_grants, company_people, staff_of
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.catalog.permissions import Can as Catalog
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused, decide, may
from gapura.kernel.problems import FieldProblems
from gapura.notifications.models import Mail
from tests.access import world
from tests.access.companies import invited, of_company, someone

pytestmark = pytest.mark.django_db
ALL = frozenset(DUTIES)


def grant_of(person: Person) -> Grant:
    """The present one."""
    return Grant.objects.get(person=person, state__in=("approved", "active"))


def staff(*duties: str) -> Person:
    """Working staff of PT1 with these duties only."""
    found = of_company("staf_perusahaan")
    Grant.objects.filter(person=found).update(duties=list(duties))
    return found


def held(person: Person) -> Collection[str]:
    """What the person may do there at this moment."""
    return world.actor(person).grants[0].duties


def test_an_invitation_gives_what_it_says_and_no_more() -> None:
    boss, guest = of_company(), someone()
    actor = world.actor(boss)
    services.invite_staff(
        actor=actor, email=guest.email, role="staf_perusahaan", duties=["order", "product"]
    )
    mail = Mail.objects.filter(template="access/mail/invited.txt").latest("created_at")
    token = (mail.body or "").split("/company/invitations/")[1].split()[0]
    grant = services.accept_invitation(actor=world.actor(guest), token=token)
    services.activate_grant(actor=world.actor(guest), grant_id=grant)
    assert held(guest) == {"product", "order"}
    assert staff_of(actor).invitations == ()


def test_an_administrator_holds_all_of_it_without_a_row_saying_so() -> None:
    boss = of_company()
    assert held(boss) == ALL
    assert grant_of(boss).duties == []


def test_whoever_is_admitted_gets_what_was_chosen() -> None:
    boss, person = of_company(), someone()
    row = services.ask_to_join(actor=world.actor(person), company="PT1", position="Keuangan")
    grant = services.admit_person(actor=world.actor(boss), join_id=row, duties=["finance"])
    assert Grant.objects.get(pk=grant).duties == ["finance"]


@pytest.mark.parametrize("duties", [["everything"], ["product", "PRODUCT"], [""]])
def test_a_task_outside_of_the_table_is_refused(duties: list[str]) -> None:
    boss, one = of_company(), staff()
    actor = world.actor(boss)
    with pytest.raises(FieldProblems):
        services.invite_staff(
            actor=actor, email="x@contoh.id", role="staf_perusahaan", duties=duties
        )
    with pytest.raises(NoSuchDuty):
        services.change_staff(
            actor=actor, grant_id=grant_of(one).id, role="staf_perusahaan", duties=duties
        )


def test_what_an_administrator_takes_away_stops_at_once() -> None:
    """Asked at each request from the row: the session of the person need not end for it."""
    boss, one = of_company(), staff("product", "signing")
    signed_in = world.actor(one)
    assert may(signed_in, Catalog.DRAFT)
    services.change_staff(
        actor=world.actor(boss),
        grant_id=grant_of(one).id,
        role="staf_perusahaan",
        duties=["finance"],
    )
    verdict = decide(world.actor(one), Catalog.DRAFT)
    assert [c.name for c in verdict.missing] == ["looks_after_products"]
    assert may(world.actor(one), Catalog.LIST_OWN)
    event = LogEvent.objects.get(name="access.staff.changed")
    assert event.facts["was"] == "product,signing"
    assert event.facts["duties"] == "finance"
    assert Mail.objects.filter(template="access/mail/staff_changed.txt", person=one.id).exists()


def test_the_same_again_changes_and_tells_nothing() -> None:
    boss, one = of_company(), staff("order")
    grant = grant_of(one)
    again = services.change_staff(
        actor=world.actor(boss), grant_id=grant.id, role="staf_perusahaan", duties=["order"]
    )
    assert again == grant.id
    assert not LogEvent.objects.filter(name="access.staff.changed").exists()


def test_staff_become_administrator_without_a_gap() -> None:
    boss, one = of_company(), staff("order")
    new = services.change_staff(
        actor=world.actor(boss), grant_id=grant_of(one).id, role="admin_perusahaan"
    )
    grants = active_grants(one.id, clock.now())
    assert [(g.id, g.role, g.duties) for g in grants] == [(new, "admin_perusahaan", ALL)]
    back = services.change_staff(
        actor=world.actor(boss), grant_id=new, role="staf_perusahaan", duties=["product"]
    )
    grants = active_grants(one.id, clock.now())
    assert [(g.id, g.role, g.duties) for g in grants] == [
        (back, "staf_perusahaan", frozenset({"product"}))
    ]


def test_who_has_not_activated_waits_with_another_role() -> None:
    boss, guest = of_company(), someone()
    token = invited(boss, guest.email)
    grant = services.accept_invitation(actor=world.actor(guest), token=token)
    with pytest.raises(NoSuchMove):
        services.change_staff(actor=world.actor(boss), grant_id=grant, role="admin_perusahaan")


@pytest.mark.parametrize("who", ["staff", "other company", "self", "weak"])
def test_nobody_else_sets_what_somebody_may_do(who: str) -> None:
    """Staff who give themselves signing, an administrator of another company, an e-mail code."""
    boss, one = of_company(), staff("product")
    actors: dict[str, Actor] = {
        "staff": world.actor(one),
        "other company": world.actor(of_company(code="PT2")),
        "self": world.actor(boss),
        "weak": world.actor(boss, acr=1),
    }
    target = grant_of(boss if who == "self" else one)
    role = "staf_perusahaan"
    with pytest.raises((Refused, NoSuchGrant)):
        services.change_staff(actor=actors[who], grant_id=target.id, role=role, duties=["signing"])
    target.refresh_from_db()
    assert (target.state, target.duties) == ("active", [] if who == "self" else ["product"])


def test_nobody_becomes_an_officer_this_way() -> None:
    boss, one = of_company(), staff("product")
    with pytest.raises(NotACompanyRole):
        services.change_staff(actor=world.actor(boss), grant_id=grant_of(one).id, role="ppk")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE access_grant SET duties = '{signing}' WHERE role = 'admin_perusahaan'",
        "UPDATE access_grant SET duties = '{root}' WHERE role = 'staf_perusahaan'",
    ],
)
def test_the_database_keeps_duties_to_staff_and_to_the_table(sql: str) -> None:
    of_company()
    staff("product")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_notices_go_to_those_who_look_after_it() -> None:
    boss, one, other = of_company(), staff("order"), staff("product")
    assert set(company_people("PT1")) == {boss.id, one.id, other.id}
    assert set(company_people("PT1", "order", "signing")) == {boss.id, one.id}
    assert company_people("PT1", "signing") == [boss.id]
    assert company_people("PT2") == []


def test_the_platform_cannot_end_the_last_administrator_either() -> None:
    boss = of_company()
    one, platform = grant_of(boss), world.actor(world.platform_admin())
    with pytest.raises(LastAdministrator):
        services.revoke(actor=platform, grants=[one.id], reason="Dicabut oleh platform.")
    services.suspend_grant(actor=platform, grant_id=one.id, reason="Diduga disalahgunakan.")
    assert active_grants(boss.id, clock.now()) == ()
