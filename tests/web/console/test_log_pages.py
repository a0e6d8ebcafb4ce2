"""/console/log: what is shown to whom, filters, proofs, and that looking is recorded."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.audit import services
from gapura.audit.events import all_events
from gapura.audit.models import LogEvent
from gapura.audit.proof import watch
from gapura.helpdesk.services import open_case
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.web.console import log
from gapura.web.console.field_names import FIELDS
from gapura.web.console.words import ACTS, RESULTS, STANDING_MEANS, STANDINGS
from tests.access import world
from tests.authentication.world import with_app
from tests.web.browser import Browser, text_of, title_of
from tests.web.people import enter, holder, signed_in

LOG = "/console/log"


@pytest.fixture
def _places(transactional_db: None) -> None:
    """Committed, so that the sealer sees it; the tree begins anew."""
    watch.forget()
    world.places()


def ask(agency: str = "T1", name: str = "Sari Dewi") -> LogEvent:
    """Make one event of an agency."""
    guest = Actor(ip="198.51.100.7", user_agent="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    number = open_case(
        actor=guest,
        name=name,
        email=f"{uuid4().hex}@example.id",
        topic="sign_in",
        text="I cannot sign in at all.",
        agency=agency,
    )
    return LogEvent.objects.get(subject_label=number)


def seal() -> None:
    services.seal_all()
    services.checkpoint(now=True)


pytestmark = pytest.mark.usefixtures("_places")


@pytest.mark.parametrize("role", ["admin_platform", "admin_instansi", "apip"])
def test_an_overseer_sees_who_what_when_from_where_and_the_proof(role: str) -> None:
    event, here = ask(), signed_in(role)
    seal()
    page = here.get(LOG)
    said = text_of(page)
    assert page.status_code == 200
    assert "Verified up to checkpoint 1:" in said
    assert f"asked for help ({event.subject_label})" in said
    assert "198.51.100.7" in said
    assert "Firefox, Linux" in said
    assert "Verified" in said
    assert f'href="{LOG}/{event.pk}"' in page.content.decode()


def test_an_agency_does_not_see_anothers_entries() -> None:
    ours, theirs = ask("T1"), ask("T2")
    here = signed_in("apip")
    said = text_of(here.get(LOG))
    assert ours.subject_label in said
    assert theirs.subject_label not in said
    assert here.get(f"{LOG}/{theirs.pk}").status_code == 404
    assert here.get(f"{LOG}/{uuid4()}").status_code == 404


@pytest.mark.parametrize("role", ["pp", "verifikator", "helpdesk", "kurator", "admin_perusahaan"])
def test_others_find_no_log(role: str) -> None:
    event, here = ask(), signed_in(role)
    assert here.get(LOG).status_code == 404
    assert here.get(f"{LOG}/{event.pk}").status_code == 404


def test_signed_out_the_way_leads_to_sign_in() -> None:
    assert Browser().get(LOG)["Location"].startswith("/login")


def test_looking_is_itself_recorded_with_its_filters() -> None:
    event, here = ask(), signed_in("apip")
    here.get(f"{LOG}?subject={event.subject_label}&result=done")
    looked = LogEvent.objects.get(name="audit.log.explored")
    assert looked.facts == {"rows": 1}, "what was typed may be somebody's name or number"
    assert event.subject_label in here.get(f"{LOG}/{looked.pk}").content.decode()
    here.get(f"{LOG}/{event.pk}")
    assert LogEvent.objects.get(name="audit.entry.shown").subject_id == str(event.pk)


def test_filters_narrow_the_list() -> None:
    event, auditor = ask(), holder("apip")
    here = enter(auditor)
    here.get(LOG)
    today = clock.today()
    found: dict[str, bool] = {
        f"since={today}": True,
        f"since={today + timedelta(days=1)}": False,
        f"until={today:%d-%m-%Y}": True,
        f"until={today - timedelta(days=1)}": False,
        "event=helpdesk.": True,
        "event=catalog.": False,
        "result=refused": False,
        f"subject={event.subject_label}": True,
        f"actor={auditor.username}": False,
        "role=apip": False,
    }
    for query, shown in found.items():
        said = text_of(here.get(f"{LOG}?{query}"))
        assert (f"asked for help ({event.subject_label})" in said) is shown, query
    assert "looked through the activity log" in text_of(here.get(f"{LOG}?role=apip"))
    assert "No entry fits these filters" in text_of(here.get(f"{LOG}?event=catalog."))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2026-02-30", "not a day in the calendar"),
        ("since=yesterday", "not a day in the calendar"),
        ("since=٢٠٢٦-01-01", "not a day in the calendar"),
        ("since=2026-03-02&until=2026-03-01", "Swap the two days"),
        ("event=x", "Choose one of the options"),
        ("role=x", "Choose one of the options"),
        ("result=x", "Choose one of the options"),
        ("actor=" + "x" * 41, "at most 40 characters"),
        ("subject=a%00b", "cannot be seen"),
    ],
)
def test_a_filter_that_makes_no_sense_is_explained_and_nothing_recorded(
    query: str, said: str
) -> None:
    page = signed_in("apip").get(f"{LOG}?{query}")
    assert page.status_code == 422
    assert title_of(page).startswith("Error:")
    assert said in text_of(page)
    assert not LogEvent.objects.filter(name="audit.log.explored").exists()


def test_older_entries_come_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapura.web.console.log.PAGE", 2)
    here = signed_in("apip")
    events = [ask() for _ in range(3)]
    first = here.get(f"{LOG}?event=helpdesk.")
    assert events[2].subject_label in text_of(first)
    assert events[0].subject_label not in text_of(first)
    older = f"{LOG}?event=helpdesk.&after={events[1].pk}"
    assert older.replace("&", "&amp;").split("?")[1] in first.content.decode()
    second = here.get(older)
    assert events[0].subject_label in text_of(second)
    assert here.get(f"{LOG}?after=nonsense").status_code == 200


def test_an_entry_shows_before_and_after_and_its_proof() -> None:
    here = signed_in("pp")
    events = [ask() for _ in range(4)]
    seal()
    page = signed_in("admin_platform").get(f"{LOG}/{events[1].pk}")
    said = text_of(page)
    assert "This was computed just now" in said
    assert "Inclusion proof, from the leaf to the root" in said
    assert "Signed checkpoint" in said
    assert "Topic I cannot sign in" in said
    assert here.get(f"{LOG}/{events[1].pk}").status_code == 404


def test_an_altered_entry_is_marked_and_the_others_stay_verified(
    altered: Callable[[LogEvent], None],
) -> None:
    events, here = [ask() for _ in range(3)], signed_in("apip")
    seal()
    altered(events[1])
    said = text_of(here.get(f"{LOG}?event=helpdesk."))
    assert (said.count("Failed"), said.count("Altered")) == (2, 1)
    assert said.count("Firefox, Linux Verified") == 2
    assert "somebody has changed it" in text_of(here.get(f"{LOG}/{events[1].pk}"))


@pytest.fixture
def altered() -> Callable[[LogEvent], None]:
    """What the owner of the database can do: change a row with the triggers off."""

    def alter(event: LogEvent) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
            cursor.execute("UPDATE audit_event SET result = 'failed' WHERE id = %s", [event.pk])
            cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")

    return alter


def test_a_person_may_open_an_entry_of_the_own_life() -> None:
    someone = holder("pp")
    here = Browser().sign_in(someone, with_app(someone))
    mine = LogEvent.objects.filter(name="authentication.session.signed_in", person=someone.id)
    page = here.get(f"{LOG}/{mine.get().pk}")
    assert page.status_code == 200
    assert 'href="/account/activity"' in page.content.decode()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_log_costs_seven_queries_however_long(language: str) -> None:
    for _ in range(6):
        ask()
    here = signed_in("apip", language=language)
    seal()
    here.get(LOG)
    with CaptureQueriesContext(connection) as queries:
        assert here.get(LOG).status_code == 200
    asked = [q["sql"] for q in queries if q["sql"] not in {"BEGIN", "COMMIT"}]
    assert len(asked) <= 7, asked


def test_the_form_is_kept_in_each_language_but_never_with_names_or_numbers_in_it() -> None:
    here, there = signed_in("apip", language="id"), signed_in("apip", language="en")
    kept = "role=ppk&until=2026-11-22"
    for _ in range(2):
        assert "Sebagai peran" in text_of(here.get(f"{LOG}?{kept}"))
        assert "As role" in text_of(there.get(f"{LOG}?{kept}"))
    before = log._kept_html.cache_info().currsize
    page = here.get(f"{LOG}?subject=3273010101800001").content.decode()
    assert 'value="3273010101800001"' in page
    assert log._kept_html.cache_info().currsize == before
    assert "3273010101800001" not in here.get(LOG).content.decode()


def test_every_event_belongs_to_a_kind_of_act() -> None:
    strays = [name for name in all_events() if not name.startswith(tuple(ACTS))]
    assert strays == []


def test_every_fact_has_a_name_for_people() -> None:
    facts = {fact for event in all_events().values() for fact in event.facts}
    assert sorted(facts - set(FIELDS)) == []


def test_every_result_and_standing_has_a_word() -> None:
    from gapura.audit.queries import Standing
    from gapura.audit.services import Result

    assert set(RESULTS) == set(Result)
    assert set(STANDINGS) == set(STANDING_MEANS) == set(Standing)


def test_months_that_no_search_reaches_are_named_above_the_results(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Attack: a deed of an archived month is taken for one that never happened."""
    ask()
    here = signed_in("apip", language="en")
    many = tuple(f"2020-{month:02}" for month in range(1, 13))
    for months, said in (
        (("2020-03", "2020-04"), "March 2020, April 2020"),
        ((*many, "2021-01"), "January 2020 \u2013 January 2021 (13 months)"),
    ):
        monkeypatch.setattr("gapura.web.console.log_tabs.months_in_archive", partial(tuple, months))
        for page in (LOG, f"{LOG}/export?event=helpdesk."):
            assert f"are not searched: {said}." in text_of(here.get(page)), page
    monkeypatch.setattr("gapura.web.console.log_tabs.months_in_archive", lambda: ())
    assert "are not searched" not in text_of(here.get(LOG))


def test_ones_own_look_links_to_nobody() -> None:
    """Attack: search for a name, and follow the link of one's own look to whose it is."""
    someone, here = holder("pp"), signed_in("apip")
    here.get(f"{LOG}?actor={someone.username}")
    look = LogEvent.objects.filter(name="audit.log.explored").latest("id")
    page = here.get(f"{LOG}/{look.pk}").content.decode()
    assert f"{LOG}/people/{someone.pk}" not in page
