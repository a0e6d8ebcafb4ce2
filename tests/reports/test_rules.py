"""Each rule on its story, and silent on the harmless one next door."""

from datetime import timedelta
from uuid import uuid4

import pytest

from gapura.access import events as access
from gapura.accounts import events as accounts
from gapura.audit import events as audit
from gapura.audit.events import Subject
from gapura.authentication import events as authentication
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.purchasing import events as purchasing
from gapura.reports.rules import ALERT_RULES
from tests.access.world import places
from tests.reports.watched import about_person, alerts, look, raised, who, write

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOBODY = Actor(ip="203.0.113.9")


@pytest.fixture(autouse=True)
def _world() -> None:
    places()


def test_there_are_rules_with_sentences_that_name_their_numbers() -> None:
    assert len(ALERT_RULES) >= 16
    for rule in ALERT_RULES:
        assert rule.sentence % rule.defaults
        assert all(f"%({name})s" in rule.sentence for name in rule.defaults), rule.code
        assert (rule.shape is None) != (rule.facts is None), rule.code
        assert all(one.least <= one.default <= one.most for one in rule.parameters), rule.code


@pytest.mark.parametrize(("times", "number"), [(9, 0), (10, 1)])
def test_a_verifier_who_approves_too_fast(times: int, number: int) -> None:
    verifier = who("verifikator")
    write(verifier, access.APPROVED, times=times, ago=MINUTE)
    found = raised("hasty_approval")
    assert len(found) == number
    if found:
        assert (found[0].person, found[0].agency) == (verifier.person, "T1")
        assert (found[0].entries, found[0].values["username"]) == (10, "budi")
        assert found[0].evidence.count() == 10


def test_ten_approvals_over_a_day_are_ordinary_work() -> None:
    verifier = who("verifikator")
    for hour in range(10):
        write(verifier, access.APPROVED, ago=hour * HOUR)
    assert raised("hasty_approval") == []


def test_ten_approvals_by_ten_people_are_ordinary_work() -> None:
    for _ in range(10):
        write(who("verifikator"), access.APPROVED)
    assert raised("hasty_approval") == []


def test_identities_and_requests_count_together() -> None:
    verifier = who("verifikator")
    write(verifier, access.APPROVED, times=5)
    write(verifier, accounts.CASE_CONFIRMED, times=5)
    assert len(raised("hasty_approval")) == 1


@pytest.mark.parametrize(("looked", "number"), [(True, 0), (False, 1)])
def test_approving_without_opening_the_letter(looked: bool, number: int) -> None:
    verifier, request = who("verifikator"), Subject("request", str(uuid4()), "AKS-2026-000001")
    if looked:
        write(verifier, access.LETTER_VIEWED, request, ago=5 * MINUTE)
    write(verifier, access.APPROVED, request, facts={"unit": "T1.1"})
    assert len(raised("unread_approval")) == number


def test_a_colleague_who_opened_the_letter_does_not_count() -> None:
    request = Subject("request", str(uuid4()), "AKS-2026-000002")
    write(who("verifikator"), access.LETTER_VIEWED, request, ago=HOUR)
    write(who("verifikator"), access.APPROVED, request, facts={"unit": "T1.1"})
    assert len(raised("unread_approval")) == 1


def test_requests_without_a_unit_have_no_letter() -> None:
    write(who("verifikator"), access.APPROVED, facts={"unit": ""})
    assert raised("unread_approval") == []


@pytest.mark.parametrize(
    ("utc_hour", "unit", "number"),
    [
        (14, "T1.1", 0),  # 21.00 WIB
        (14, "T1.3", 1),  # 23.00 WIT
        (15, "T1.1", 1),  # 22.00 WIB
        (21, "T1.1", 1),  # 04.00 WIB
        (22, "T1.1", 0),  # 05.00 WIB
        (20, "T1.3", 0),  # 05.00 WIT
    ],
)
def test_night_is_night_where_the_unit_is(utc_hour: int, unit: str, number: int) -> None:
    at = clock.now().replace(hour=utc_hour, minute=0) - DAY
    write(who("ppk"), purchasing.APPROVED, ago=clock.now() - at, unit=unit)
    found = raised("night_approval")
    assert len(found) == number
    assert all(one.values["zone"] for one in found)


@pytest.mark.parametrize(("times", "number"), [(4, 0), (5, 1)])
def test_many_exports(times: int, number: int) -> None:
    write(who("verifikator"), access.REGISTER_DOWNLOADED, times=times, ago=HOUR)
    assert len(raised("mass_export")) == number


def test_exports_over_weeks_are_work() -> None:
    verifier = who("verifikator")
    for day in range(6):
        write(verifier, access.REGISTER_DOWNLOADED, ago=2 * day * DAY)
    assert raised("mass_export") == []


def test_many_looks_at_many_things_but_not_at_one() -> None:
    curious, diligent = who("helpdesk", ""), who("helpdesk", "", username="rajin")
    one = Subject("person", str(uuid4()), "x")
    write(curious, access.HOLDER_SHOWN, times=60, ago=10 * MINUTE)
    write(diligent, access.HOLDER_SHOWN, one, times=70, ago=10 * MINUTE)
    assert [found.person for found in raised("mass_looking")] == [curious.person]


def _refused(agency: str, accounts_: int, times: int, ago: timedelta = MINUTE) -> None:
    for _ in range(accounts_):
        person = uuid4()
        write(
            who(), authentication.SIGN_IN_FAILED, about_person(person),
            times=times, ago=ago, agency=agency, person=person, result="refused",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("people", "times", "number"),
    [(10, 3, 1), (9, 3, 0), (3, 10, 0)],
)
def test_refusals_across_an_agency(people: int, times: int, number: int) -> None:
    _refused("T1", people, times)
    found = raised("agency_besieged")
    assert [one.agency for one in found] == ["T1"] * number
    assert all(one.person is None for one in found)


def test_names_that_are_guessed() -> None:
    write(NOBODY, authentication.SIGN_IN_UNKNOWN, times=49)
    assert raised("names_guessed") == []
    write(NOBODY, authentication.SIGN_IN_UNKNOWN)
    assert len(raised("names_guessed")) == 1


@pytest.mark.parametrize(("days", "number"), [(89, 0), (91, 1)])
def test_an_account_that_slept(days: int, number: int) -> None:
    person = who()
    about = about_person(person.person or uuid4())
    for ago in (days * DAY, timedelta()):
        write(person, authentication.SIGNED_IN, about, ago=ago, person=person.person)
    assert len(raised("dormant_used")) == number


def test_a_first_sign_in_wakes_nobody() -> None:
    person = who()
    write(person, authentication.SIGNED_IN, person=person.person)
    assert raised("dormant_used") == []


@pytest.mark.parametrize(("minutes", "number"), [(10, 1), (20, 0)])
def test_a_role_that_is_used_at_once(minutes: int, number: int) -> None:
    officer = who("ppk")
    assert officer.grant
    grant = Subject("grant", str(officer.grant.id), "ppk")
    write(officer, access.ACTIVATED, grant, ago=minutes * MINUTE)
    write(officer, purchasing.SIGNED, unit="T1.1")
    assert len(raised("granted_and_used")) == number


def test_another_role_that_was_just_activated_does_not_count() -> None:
    officer = who("ppk")
    write(officer, access.ACTIVATED, Subject("grant", str(uuid4()), "pp"))
    write(officer, purchasing.SIGNED)
    assert raised("granted_and_used") == []


@pytest.mark.parametrize(("minutes", "number"), [(30, 1), (90, 0)])
def test_an_order_that_arrives_before_it_can_have_left(minutes: int, number: int) -> None:
    order = Subject("order", str(uuid4()), "SP-2026-000001")
    write(who("admin_perusahaan", ""), purchasing.ACCEPTED, order, ago=minutes * MINUTE)
    write(who("ppk"), purchasing.RECEIVED, order)
    assert len(raised("too_quick")) == number


def test_a_suspicion_of_the_desk_raises_an_alert() -> None:
    person = uuid4()
    facts = {"sign": "travel", "entries": 2}
    write(who(), authentication.SUSPICION_FOUND, about_person(person), facts=facts, person=person)
    (found,) = raised("stranger")
    assert (found.person, found.values["username"]) == (person, "budi")


def test_all_rules_run_over_an_empty_log_and_over_one_entry() -> None:
    codes = [rule.code for rule in ALERT_RULES if rule.code != "last_admin"]
    assert look(*codes).raised == {}
    write(who("apip"), audit.SHOWN)
    run = look(*codes)
    assert (run.raised, run.failed) == ({}, [])
    assert alerts("mass_looking") == []
