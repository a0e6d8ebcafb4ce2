"""/console/breaches and /console/erasures: done by the officer, refused to all others."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.journeys.erasing import ask
from gapura.kernel import clock
from gapura.privacy.models import Breach, BreachPerson, Erasure
from tests.access import world
from tests.authentication.world import person
from tests.jobs import do_jobs
from tests.journeys.test_breaches import TEXTS
from tests.sessions import acting
from tests.web.browser import Browser, text_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
HERE = "/console/breaches"


def typed(**changes: str) -> dict[str, str]:
    """What an officer types: found an hour ago in Jakarta, begun the day before."""
    found = (clock.now() - timedelta(hours=1)).astimezone(ZoneInfo(clock.JAKARTA))
    began = found - timedelta(days=1)
    days = {"found": found, "began": began}
    parts = {
        f"{name}_on-{part}": str(getattr(at, part))
        for name, at in days.items()
        for part in ("day", "month", "year")
    }
    times = {f"{name}_time": f"{at:%H:%M}" for name, at in days.items()}
    return {**parts, **times, **TEXTS, "classes": "contact", **changes}


@pytest.fixture
def officer(db: None) -> Browser:
    return signed_in("admin_platform")


@pytest.fixture
def entered(officer: Browser) -> str:
    """The path of a breach that the officer has entered."""
    answer = officer.submit(f"{HERE}/new", **typed())
    assert answer.status_code == 303, text_of(answer)
    return str(answer["Location"])


def test_a_breach_is_entered_found_told_reported_and_closed(officer: Browser, entered: str) -> None:
    shown = text_of(officer.get(entered))
    assert TEXTS["what_en"] in shown
    today = clock.today()
    parts = {"day": today.day, "month": today.month, "year": today.year}
    span = {f"{name}-{part}": n for name in ("since", "until") for part, n in parts.items()}
    found = {"way": "held", "value": "authentication.password", **span}
    person()
    assert officer.submit(f"{entered}/find", page=entered, **found).status_code == 303
    assert BreachPerson.objects.count() == 2
    wrong = officer.submit(f"{entered}/find", page=entered, **{**found, "value": "no.such"})
    assert (wrong.status_code, "There is no such" in text_of(wrong)) == (422, True)
    assert officer.submit(f"{entered}/tell", page=entered).status_code == 303
    while do_jobs("privacy.tell_affected"):
        pass
    closing = {"reason": "The attachment is now checked by two people."}
    early = officer.submit(f"{entered}/close", page=entered, **closing)
    assert (early.status_code, "have not been told yet" in text_of(early)) == (422, True)
    now = clock.now().astimezone(ZoneInfo(clock.JAKARTA))
    at = {f"reported_on-{part}": getattr(now, part) for part in ("day", "month", "year")}
    report = {**at, "reported_time": f"{now:%H.%M}", "number": "B-1/2026"}
    assert officer.submit(f"{entered}/report", page=entered, **report).status_code == 303
    assert officer.submit(f"{entered}/close", page=entered, **closing).status_code == 303
    assert Breach.objects.get().state == "closed"
    assert officer.submit(f"{entered}/tell", page=entered).status_code == 404


def test_what_is_typed_wrong_is_kept_and_said_at_its_field(officer: Browser) -> None:
    answer = officer.submit(f"{HERE}/new", **typed(found_time="late", how_en="short"))
    shown = text_of(answer)
    assert answer.status_code == 422
    assert "such as 14:30" in shown
    assert TEXTS["what_en"] in answer.content.decode()
    assert not Breach.objects.exists()


def test_what_is_known_is_changed_from_what_was_typed(officer: Browser, entered: str) -> None:
    form = officer.get(f"{entered}/change").content.decode()
    assert TEXTS["measures"] in form
    changed = typed(what_en="Two lists of addresses were sent to others.")
    assert officer.submit(f"{entered}/change", **changed).status_code == 303
    assert Breach.objects.get().what_en == changed["what_en"]


def test_the_paper_is_handed_out_as_a_pdf(officer: Browser, entered: str) -> None:
    answer = officer.get(f"{entered}/paper")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("role", ["helpdesk", "admin_instansi", "apip"])
def test_the_register_is_closed_to_all_others(role: str) -> None:
    world.places()
    other = signed_in(role)
    for path in (HERE, f"{HERE}/new", "/console/erasures"):
        assert other.get(path).status_code in {403, 404}


def test_the_register_is_read_in_few_questions(officer: Browser, entered: str) -> None:
    for path in (HERE, entered):
        officer.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(path).status_code == 200
        assert len(asked) <= 12, [q["sql"][:90] for q in asked]


def test_the_officer_refuses_an_erasure_with_a_reason(officer: Browser) -> None:
    ask(actor=acting(person()))
    row = Erasure.objects.get()
    assert row.reference in text_of(officer.get("/console/erasures"))
    path = f"/console/erasures/{row.id}/refuse"
    field = f"{row.id}-reason"
    short = officer.submit(path, page="/console/erasures", **{field: "no"})
    assert short.status_code == 422
    told = "A criminal case is running (UU 27/2022 Pasal 15)."
    assert officer.submit(path, page="/console/erasures", **{field: told}).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", told)
    assert officer.submit(path, page="/console/erasures", **{field: told}).status_code == 404
