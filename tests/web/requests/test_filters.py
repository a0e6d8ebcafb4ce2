"""A verifier's kept filters, and going on to the next request after a decision."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access import services
from gapura.access.models import SavedFilter
from gapura.access.queries import QueueFilters
from gapura.accounts.models import Person
from tests.access import world
from tests.web.requests.desk import ALL_CHECKED, browser, events, text_of
from tests.web.requests.test_queue import several

HERE = "/requests/queue/filters"


def test_kept_opened_and_deleted(verifier: Person) -> None:
    client = browser(verifier)
    typed = {"name": "Late  PPK", "tab": "late", "role": "ppk", "text": "a&b"}
    assert client.post(HERE, typed)["Location"] == "/requests/queue"
    page = client.get("/requests/queue").content.decode()
    found = re.search(r'href="([^"]+)"[^>]*>Late PPK<', page)
    assert found
    address = found.group(1).replace("&amp;", "&")
    assert address == "/requests/queue?tab=late&role=ppk&text=a%26b"
    assert client.get(address).status_code == 200
    one = SavedFilter.objects.get()
    for _ in range(2):
        assert client.post(f"{HERE}/{one.id}/delete")["Location"] == "/requests/queue"
    assert not SavedFilter.objects.exists()
    assert [len(events(f"access.filter.{verb}")) for verb in ("saved", "dropped")] == [1, 1]


def test_nobody_sees_or_deletes_another_ones(verifier: Person, colleague: Person) -> None:
    kept = services.save_filter(
        actor=world.actor(verifier), name="Mine alone", filters=QueueFilters(tab="late")
    )
    client = browser(colleague)
    assert "Mine alone" not in text_of(client.get("/requests/queue"))
    client.post(f"{HERE}/{kept}/delete")
    assert SavedFilter.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_is_needed_and_short(verifier: Person, name: str) -> None:
    response = browser(verifier).post(HERE, {"name": name, "tab": "late"})
    assert response.status_code == 422
    assert not SavedFilter.objects.exists()


def test_a_name_twice_and_the_eleventh_are_told(verifier: Person) -> None:
    client = browser(verifier)
    for number in range(10):
        client.post(HERE, {"name": f"Filter {number}", "tab": "late"})
    assert SavedFilter.objects.count() == 10
    text = text_of(client.post(HERE, {"name": "One more", "tab": "late"}))
    assert "You keep 10 filters already" in text
    SavedFilter.objects.filter(name="Filter 9").delete()
    text = text_of(client.post(HERE, {"name": "Filter 0", "tab": "late"}))
    assert "You keep another filter under this name" in text


def test_what_cannot_be_read_is_not_kept(verifier: Person) -> None:
    kept = QueueFilters(tab="nonsense", role="emperor", text="\x00" * 90 + '"' * 90)
    services.save_filter(actor=world.actor(verifier), name="Odd", filters=kept)
    assert browser(verifier).get("/requests/queue").status_code == 200


def test_who_has_no_queue_keeps_no_filter(applicant: Person, verifier: Person) -> None:
    assert browser(applicant).post(HERE, {"name": "A", "tab": "late"}).status_code == 404
    weak = browser(verifier, 1).post(HERE, {"name": "A", "tab": "late"})
    assert weak["Location"].startswith("/login/step-up")
    assert not SavedFilter.objects.exists()


def test_the_queue_with_filters_keeps_its_budget(verifier: Person) -> None:
    several(3)
    for name in ("a", "b", "c"):
        services.save_filter(
            actor=world.actor(verifier), name=name, filters=QueueFilters(tab="late")
        )
    client = browser(verifier)
    client.get("/requests/queue")
    with CaptureQueriesContext(connection) as queries:
        client.get("/requests/queue")
    assert len(queries) <= 6


def test_decide_and_go_on_to_the_next_that_nobody_checks(
    verifier: Person, colleague: Person
) -> None:
    rows = several(4)
    for row, by in ((rows[1], verifier), (rows[2], colleague)):
        services.claim_request(actor=world.actor(by), request_id=row.id)
    response = browser(verifier).post(
        f"/requests/{rows[1].id}/approve", {"checked": ALL_CHECKED, "then": "next"}
    )
    assert response["Location"] == f"/requests/{rows[3].id}/review"


def test_behind_the_last_one_it_begins_at_the_front(verifier: Person) -> None:
    rows = several(2)
    client = browser(verifier)
    for row, onward in ((rows[1], f"/requests/{rows[0].id}/review"), (rows[0], "/requests/queue")):
        services.claim_request(actor=world.actor(verifier), request_id=row.id)
        typed = {"checked": ALL_CHECKED, "then": "next"}
        assert client.post(f"/requests/{row.id}/approve", typed)["Location"] == onward


def test_a_verifier_of_a_unit_goes_on_below_it_only(verifier: Person) -> None:
    from gapura.access.models import Grant
    from gapura.organizations.models import Unit

    rows = several(2)
    Unit.objects.filter(pk="T1.3").update(path="T1.3/")
    mine = world.submitted(world.person("below"), unit="T1.3")
    bounded = world.verifier()
    Grant.objects.filter(person=bounded).update(unit="T1.3")
    services.claim_request(actor=world.actor(bounded), request_id=mine)
    response = browser(bounded).post(
        f"/requests/{mine}/approve", {"checked": ALL_CHECKED, "then": "next"}
    )
    assert response["Location"] == "/requests/queue"
    assert len(rows) == 2


def test_the_letter_stands_before_the_data_and_the_decision(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    page = browser(verifier).get(f"/requests/{request_id}/review").content.decode()
    order = ("gp-beside__document", "Account type", 'id="decision"', "/approve")
    places = [page.index(each) for each in order]
    assert places == sorted(places)
