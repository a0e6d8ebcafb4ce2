"""The search of the log: time to the minute, address, words, what links narrow; both directions."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from gapura.audit.models import LogEvent
from gapura.audit.proof import watch
from gapura.kernel import clock
from tests.access import world
from tests.web.browser import text_of
from tests.web.console.logs import FROM, LOG, ask
from tests.web.people import enter, holder, signed_in


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    watch.forget()
    world.places()


def test_filters_of_place_time_and_words_narrow_the_list() -> None:
    event, here = ask(), signed_in("apip")
    local = event.occurred_at.astimezone(ZoneInfo(clock.JAKARTA))
    day, minute = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
    before = f"{local - timedelta(minutes=1):%H:%M}"
    found = {
        f"address={FROM}": True,
        "address=203.0.113.99": False,
        f"text={event.subject_label}": True,
        "text=asked+help": True,
        "text=nonsuch": False,
        f"request={event.request_id}": True,
        f"kind=case&object_id={event.subject_id}": True,
        f"exact={event.name}": True,
        "exact=helpdesk.case.closed": False,
        "session=00000000-0000-7000-8000-000000000000": False,
        f"since={day}&since_at={minute}&until={day}&until_at={minute}": True,
        f"since={day}&since_at=00:00&until={day}&until_at={before}": before > minute,
    }
    for query, shown in found.items():
        page = here.get(f"{LOG}?{query}")
        assert page.status_code == 200, query
        assert (f"asked for help ({event.subject_label})" in text_of(page)) is shown, query


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("address=home", "Type an address such as"),
        ("session=1", "This is no session"),
        ("exact=nonsuch", "There is no such event"),
        ("since_at=14:30", "Choose the day too"),
        ("since=2026-11-01&since_at=25:00", "is not a time"),
        ("since=2026-11-01&since_at=12:00&until=2026-11-01&until_at=11:00", "lies before"),
        ("text=%25%25", "at least one word"),
    ],
)
def test_what_makes_no_sense_is_explained(query: str, said: str) -> None:
    page = signed_in("apip").get(f"{LOG}?{query}")
    assert page.status_code == 422
    assert said in text_of(page)


def test_pages_go_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapura.web.console.log.PAGE", 2)
    here, events = signed_in("apip"), [ask() for _ in range(3)]
    older = here.get(f"{LOG}?event=helpdesk.&after={events[1].pk}")
    assert f"before={events[0].pk}" in older.content.decode()
    newer = text_of(here.get(f"{LOG}?event=helpdesk.&before={events[0].pk}"))
    assert events[2].subject_label in newer
    assert events[0].subject_label not in newer


def test_what_a_link_narrowed_can_be_taken_away() -> None:
    event, here = ask(), signed_in("apip")
    page = here.get(f"{LOG}?request={event.request_id}&event=helpdesk.").content.decode()
    assert f"Only Request: {event.request_id}" in page
    assert f'href="{LOG}?event=helpdesk."' in page


def test_an_entry_leads_to_all_of_its_kind_thing_address_and_request() -> None:
    event, here = ask(), signed_in("apip")
    html = here.get(f"{LOG}/{event.pk}").content.decode()
    for way in (
        f"address={FROM}",
        f"request={event.request_id}",
        f"kind=case&amp;object_id={event.subject_id}",
        f"exact={event.name}",
        f'href="{LOG}/{event.pk}"',
    ):
        assert way in html, way


def test_moments_have_seconds_and_a_zone() -> None:
    event, here = ask(), signed_in("apip")
    local = event.occurred_at.astimezone(ZoneInfo(clock.JAKARTA))
    assert f"{local:%H:%M:%S} WIB" in text_of(here.get(f"{LOG}/{event.pk}"))
    assert f"{local:%H:%M:%S} WIB" in text_of(here.get(f"{LOG}?event=helpdesk."))


def test_looking_for_a_person_is_shown_to_that_person() -> None:
    looked_for, auditor = holder("pp"), holder("apip")
    enter(auditor).get("/account")
    there = enter(looked_for)
    there.submit("/account/edit", page="/account")
    LogEvent.objects.filter(actor_person=looked_for.id).exists()
    ask()
    here = enter(auditor)
    here.get(f"{LOG}/people/{looked_for.id}")
    said = text_of(there.get("/account/looked"))
    assert "looked at all that the log tells about" in said
    assert auditor.name in said
    assert "looked at all" not in text_of(here.get("/account/looked"))
