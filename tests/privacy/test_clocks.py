"""The 3x24 hours of art. 30, 32 and 41: elapsed hours, in whatever zone somebody lives."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from gapura.privacy import services
from gapura.privacy.models import DataRequest, PrivacyRule
from gapura.privacy.queries import request_for
from gapura.web.shell.display import moment
from tests.access import world
from tests.privacy.asking import (
    ANSWER,
    agency_admin,
    asker,
    corrected,
    events,
    fresh,
    officer,
    restricted,
    row,
)

pytestmark = pytest.mark.django_db

CLOCK = system_actor("escalation")
# A Friday evening in Jakarta: no weekend and no holiday moves the hours.
ASKED = datetime(2026, 10, 30, 15, 30, tzinfo=UTC)
ZONES = {
    "Asia/Jakarta": ("T1.1", "22:30"),
    "Asia/Makassar": ("T1.2", "23:30"),
    "Asia/Jayapura": ("T1.3", "00:30"),
}


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    with clock.frozen(ASKED - timedelta(days=30)):
        world.places()


def asked_in(zone: str) -> DataRequest:
    """Somebody with a role in a unit of that zone asks for a restriction."""
    with clock.frozen(ASKED - timedelta(days=20)):
        person = world.holder("pp", "pp", "T1", ZONES[zone][0])
    with clock.frozen(ASKED):
        return restricted(person)


def run(hours: int, minutes: int = 0) -> None:
    """The minute's job, so long after the request."""
    with clock.frozen(ASKED + timedelta(hours=hours, minutes=minutes)):
        services.escalate_requests(actor=CLOCK)
        services.warn_requests(actor=CLOCK)


@pytest.mark.parametrize("zone", ZONES)
def test_at_71_59_it_is_in_time_and_at_72_01_it_is_late_in_each_zone(zone: str) -> None:
    request = asked_in(zone)
    assert request.zone == zone
    run(71, 59)
    assert row(request.pk).escalated_at is None
    assert not events("request.escalated")
    run(72, 1)
    assert row(request.pk).escalated_at is not None
    (event,) = events("request.escalated")
    assert event.facts == {"due_at": (ASKED + timedelta(hours=72)).isoformat()}


@pytest.mark.parametrize("zone", ZONES)
def test_the_deadline_is_shown_in_the_zone_of_who_asked(zone: str) -> None:
    request, told = asked_in(zone), ZONES[zone][1]
    with translation.override("en"):
        assert told in moment(request.due_at, zone)
    mail = Mail.objects.get(template="privacy/mail/request_received.txt")
    assert told in (mail.body or "").replace(".", ":")


def test_an_answer_at_71_59_counts_as_in_time_and_at_72_01_as_late() -> None:
    found = []
    for minutes in (71 * 60 + 59, 72 * 60 + 1):
        with clock.frozen(ASKED - timedelta(days=20)):
            person, by = asker(), officer()
        with clock.frozen(ASKED):
            request = restricted(person)
        with clock.frozen(ASKED + timedelta(minutes=minutes)):
            services.refuse_request(actor=by, request_id=request.pk, answer=ANSWER)
        found.append(request_for(by, request.pk).late)
    assert found == [False, True]
    assert [event.facts["hours"] for event in events("request.refused")] == [71, 72]


def test_the_desk_is_warned_once_after_48_hours() -> None:
    with clock.frozen(ASKED - timedelta(days=20)):
        admin, person = agency_admin(), asker()
    with clock.frozen(ASKED):
        corrected(person)
    run(47, 59)
    assert not Mail.objects.filter(template="privacy/mail/due_soon.txt").exists()
    run(48)
    run(48, 1)
    mail = Mail.objects.get(template="privacy/mail/due_soon.txt")
    assert mail.person == admin.person
    assert len(events("request.warned")) == 1


def test_late_it_leaves_the_agency_for_the_officer_and_the_person_is_told() -> None:
    with clock.frozen(ASKED - timedelta(days=20)):
        admin, dpo, person = agency_admin(), officer(), asker()
    with clock.frozen(ASKED):
        request = corrected(person)
        services.take_request(actor=admin, request_id=request.pk)
    run(72)
    run(72, 1)
    now = row(request.pk)
    assert (now.state, now.desk, now.taken_by_id) == ("received", "platform", None)
    assert Mail.objects.get(template="privacy/mail/overdue.txt").person == dpo.person
    assert Mail.objects.get(template="privacy/mail/request_late.txt").person == person.pk
    services.fulfill_request(actor=dpo, request_id=request.pk, answer=ANSWER)


def test_a_warning_of_an_agency_without_administrator_reaches_the_officer() -> None:
    with clock.frozen(ASKED - timedelta(days=20)):
        dpo, person = officer(), asker()
    with clock.frozen(ASKED):
        corrected(person)
    run(48)
    assert Mail.objects.get(template="privacy/mail/due_soon.txt").person == dpo.person


def test_what_is_answered_or_withdrawn_has_no_clock() -> None:
    with clock.frozen(ASKED - timedelta(days=20)):
        person = asker()
    with clock.frozen(ASKED):
        request = restricted(person)
        services.withdraw_request(actor=fresh(person), request_id=request.pk)
    run(100)
    assert not events("request.escalated")
    assert not events("request.warned")


def test_the_hours_of_each_kind_are_dated_rows_with_their_article() -> None:
    articles = {"access": "32", "correction": "30", "restriction": "41"}
    for kind, article in articles.items():
        rule = PrivacyRule.row_at(f"{kind}.hours", ASKED.date())
        assert rule is not None
        assert (rule.value, f"Pasal {article}" in rule.basis) == (72, True)


def test_a_person_cannot_set_the_clock_off() -> None:
    for verb in (services.warn_requests, services.escalate_requests):
        with pytest.raises(Refused):
            verb(actor=officer())
