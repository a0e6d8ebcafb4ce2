"""The verifiers' queue: order, tabs, filters, pages, budget."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access.models import AccessRequest
from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.access import world
from tests.web.requests.desk import browser, text_of


def several(count: int = 3, role: str = "ppk") -> list[AccessRequest]:
    """Requests whose deadlines are an hour apart, the last one the soonest."""
    for hours in range(count):
        with clock.frozen(clock.now() - timedelta(hours=hours)):
            world.submitted(world.person(f"person{hours}"), role)
    return list(AccessRequest.objects.order_by("due_at"))


def test_the_nearest_deadline_comes_first(verifier: Person) -> None:
    rows = several()
    text = text_of(browser(verifier).get("/requests/queue"))
    places = [text.index(row.reference) for row in rows]
    assert places == sorted(places)


def test_the_tabs_count_and_narrow(verifier: Person, colleague: Person, applicant: Person) -> None:
    several(2)
    world.claimed(applicant, verifier)
    client = browser(verifier)
    text = text_of(client.get("/requests/queue?tab=mine"))
    assert re.search(r"Mine 1 .*Not taken 2 .*Late 0 .*All 3", text)
    assert "Applicant" in text
    assert "Person0" not in text
    assert "Nothing is late" in text_of(client.get("/requests/queue?tab=late"))


def test_filters_narrow_by_role_and_by_part_of_a_name_or_reference(verifier: Person) -> None:
    rows = several(2)
    world.submitted(world.person("maria"), "bendahara")
    client = browser(verifier)
    assert "Maria" in text_of(client.get("/requests/queue?text=ARI"))
    assert "Person0" not in text_of(client.get("/requests/queue?text=ari"))
    assert rows[0].reference in text_of(client.get(f"/requests/queue?text={rows[0].reference}"))
    only = text_of(client.get("/requests/queue?role=bendahara"))
    assert "Maria" in only
    assert "Person0" not in only
    assert "No request fits these filters" in text_of(client.get("/requests/queue?text=zzz"))


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "%%"])
def test_signs_of_the_database_are_searched_as_they_are(verifier: Person, text: str) -> None:
    several(1)
    response = browser(verifier).get("/requests/queue", {"text": text})
    assert "No request fits these filters" in text_of(response)


@pytest.mark.parametrize(
    "query",
    ["tab=nonsense", "after=x", "after=2026-01-01T00:00:00_x", "after=%00", "text=a%00&tab=mine"],
)
def test_damaged_addresses_do_no_harm(verifier: Person, query: str) -> None:
    assert browser(verifier).get(f"/requests/queue?{query}").status_code in {200, 422}


def test_an_unknown_role_in_the_address_is_told(verifier: Person) -> None:
    assert browser(verifier).get("/requests/queue?role=emperor").status_code == 422


def test_forty_rows_a_page_and_a_way_on(verifier: Person) -> None:
    several(41)
    client = browser(verifier)
    first = client.get("/requests/queue").content.decode()
    assert first.count("/claim") == 40
    next_page = re.search(r'href="(/requests/queue\?[^"]*after=[^"]*)"', first)
    assert next_page is not None
    second = client.get(next_page.group(1).replace("&amp;", "&")).content.decode()
    assert second.count("/claim") == 1


def test_the_queue_keeps_its_budget_of_queries(verifier: Person) -> None:
    several(5)
    client = browser(verifier)
    client.get("/requests/queue")
    with CaptureQueriesContext(connection) as queries:
        client.get("/requests/queue")
    assert len(queries) <= 6


def test_only_verifiers_have_a_queue(applicant: Person) -> None:
    assert browser(applicant).get("/requests/queue").status_code == 404


def test_a_weakly_signed_in_verifier_is_led_to_the_step_up(verifier: Person) -> None:
    response = browser(verifier, 1).get("/requests/queue")
    assert response["Location"].startswith("/login/step-up?next=")


def test_another_agency_sees_nothing_of_it(outsider: Person) -> None:
    several(1)
    assert "Nothing waits for a decision" in text_of(browser(outsider).get("/requests/queue"))


def test_the_queue_in_indonesian(verifier: Person) -> None:
    several(1)
    response = browser(verifier, lang="id").get("/requests/queue")
    assert '<html lang="id"' in response.content.decode()
    assert "pukul" in text_of(response)
