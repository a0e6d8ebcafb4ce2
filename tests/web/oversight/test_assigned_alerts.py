"""Alerts of another agency: what an auditor's assignment opens of them, and for how long."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access import events as access
from gapura.accounts.models import Person
from gapura.audit.models import Assignment, LogEvent
from gapura.audit.queries import Seen
from gapura.audit.services import Subject, confirm_assignment, record
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.ids import uuid7
from gapura.organizations.models import AppointmentLetter
from gapura.reports.models import Alert
from gapura.reports.queries.findings import Finding
from gapura.reports.rules import RULES_BY_CODE
from gapura.reports.services import raise_alert
from tests.access import world
from tests.house.things_oversight import REASON
from tests.web.browser import Browser, text_of
from tests.web.console.logs import assigned
from tests.web.people import enter, holder

pytestmark = pytest.mark.django_db
ALERTS = "/oversight/alerts"


@pytest.fixture(autouse=True)
def _places() -> None:
    world.places()


@pytest.fixture
def auditor() -> Person:
    return holder("apip")


def alert(agency: str = "T2", **where: Any) -> UUID:
    """An alert about somebody of that agency, resting on one entry."""
    someone, entry = holder("verifikator", agency), uuid7()
    entry = approved(someone, agency, **where)
    found = Finding(
        subject=str(someone.id),
        entries=(Seen(entry, clock.now()),),
        person=someone.id,
        agency=agency,
        values={"username": someone.username},
    )
    made = raise_alert(actor=system_actor("alerts"), rule=RULES_BY_CODE["hasty_approval"],
                       found=found)  # fmt: skip
    assert made is not None
    return made.id


def approved(someone: Person, agency: str, unit: str = "", label: str = "AKS-2026-000001") -> UUID:
    facts = dict.fromkeys(access.APPROVED.needs, "x")
    return record(world.actor(someone), access.APPROVED, Subject("access_request", "1", label),
                  facts=facts, agency=agency, unit=unit)  # fmt: skip


def opened(auditor: Person, **told: Any) -> UUID:
    """An assignment that opens agency T2, confirmed by the platform."""
    found = assigned(holder("admin_instansi"), auditor, **{"agencies": ("T2",), **told})
    confirm_assignment(actor=world.actor(holder("admin_platform")), assignment_id=found)
    return found


def test_an_assignment_opens_the_alerts_of_its_agency(auditor: Person) -> None:
    theirs, ours, here = alert("T2"), alert("T1"), enter(auditor)
    assert here.get(f"{ALERTS}/{theirs}").status_code == 404
    found = opened(auditor)
    page = here.get(f"{ALERTS}?under={found}").content.decode()
    assert f"{ALERTS}/{theirs}?under={found}" in page
    assert str(ours) not in page
    one = here.get(f"{ALERTS}/{theirs}?under={found}")
    assert "You read under assignment" in text_of(one)
    assert Alert.objects.get(pk=theirs).reference in text_of(one)
    assert f"/console/log/{Alert.objects.get(pk=theirs).evidence.get().entry}?under={found}" in (
        one.content.decode()
    )
    assert here.get(f"{ALERTS}/{ours}?under={found}").status_code == 404
    assert here.get(f"{ALERTS}/{ours}").status_code == 200


def test_the_look_is_recorded_with_the_number_of_the_assignment(auditor: Person) -> None:
    theirs, found = alert(), opened(auditor)
    enter(auditor).get(f"{ALERTS}/{theirs}?under={found}")
    look = LogEvent.objects.filter(name="audit.log.explored").latest("id")
    assert look.facts["assignment"] == Assignment.objects.get().number


def test_what_comes_of_it_is_for_the_agency_to_say(auditor: Person) -> None:
    """Attack: close another inspectorate's alert under a letter that lets one read."""
    theirs, found, here = alert(), opened(auditor), enter(auditor)
    page = text_of(here.get(f"{ALERTS}/{theirs}?under={found}"))
    assert "Say what came of it" not in page
    for verb in ("take", "dispose", "reopen"):
        body = {"outcome": "explain", "reason": REASON}
        answer = here.submit(f"{ALERTS}/{theirs}/{verb}?under={found}", page="/", **body)
        assert answer.status_code == 404, verb
    assert Alert.objects.get(pk=theirs).state == "raised"


@pytest.mark.parametrize(
    ("told", "where", "opens"),
    [
        ({"units": ("T2.1",)}, {"unit": "T2.1"}, True),
        ({"units": ("T2.1",)}, {"unit": ""}, False),
        ({"case": "SP-2026-000009"}, {"label": "SP-2026-000009"}, True),
        ({"case": "SP-2026-000009"}, {"label": "SP-2026-000001"}, False),
    ],
)
def test_it_opens_no_more_than_its_units_and_its_case(
    auditor: Person, told: dict[str, Any], where: dict[str, Any], opens: bool
) -> None:
    """Attack: read alerts of the whole agency under a letter about one case."""
    theirs, found, here = alert(**where), opened(auditor, **told), enter(auditor)
    assert (str(theirs) in here.get(f"{ALERTS}?under={found}").content.decode()) is opens
    status = 200 if opens else 404
    assert here.get(f"{ALERTS}/{theirs}?under={found}").status_code == status


def test_it_ends_with_its_days_and_its_letter_and_opens_nothing_to_others(
    auditor: Person,
) -> None:
    theirs, found, here = alert(), opened(auditor), enter(auditor)
    path = f"{ALERTS}/{theirs}?under={found}"
    assert here.get(path).status_code == 200
    assert enter(holder("apip")).get(path).status_code == 404
    assert enter(holder("admin_instansi")).get(path).status_code == 404
    with clock.frozen(clock.now() + timedelta(days=11)):
        assert enter(auditor).get(path).status_code == 404
    AppointmentLetter.objects.update(revoked_at=clock.now())
    assert here.get(path).status_code == 404


def test_nobody_reads_the_alert_about_themselves_under_any_letter(auditor: Person) -> None:
    """Attack: an auditor who did something at the other agency reads what is known of it."""
    theirs, found = alert(), opened(auditor)
    Alert.objects.filter(pk=theirs).update(person=auditor.id)
    here = enter(auditor)
    assert here.get(f"{ALERTS}/{theirs}?under={found}").status_code == 404
    assert str(theirs) not in here.get(f"{ALERTS}?under={found}").content.decode()


def test_the_pages_stay_within_their_statements(auditor: Person) -> None:
    theirs, found, here = alert(), opened(auditor), enter(auditor)
    for path in (f"{ALERTS}?under={found}", f"{ALERTS}/{theirs}?under={found}"):
        here.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert here.get(path).status_code == 200
        marks = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
        asked = [q["sql"] for q in queries if not q["sql"].startswith(marks)]
        assert len(asked) <= 16, [q[:150] for q in asked]


def test_without_an_assignment_the_page_names_none(auditor: Person) -> None:
    here: Browser = enter(auditor)
    assert "under assignment" not in text_of(here.get(ALERTS))
    assert here.get(f"{ALERTS}?under=x").status_code == 404
