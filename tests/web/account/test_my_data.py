"""/account/data: what is held, the copy, requests; each one's own and nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.privacy.models import Copy, DataRequest, Restriction
from gapura.privacy.purposes import KINDS
from gapura.privacy.services import fulfill_request
from gapura.privacy.services.copies import JOB
from tests.access import world as places
from tests.authentication.world import person
from tests.jobs import do_jobs
from tests.privacy.asking import ANSWER, officer
from tests.web.browser import Browser, text_of
from tests.web.people import enter

pytestmark = pytest.mark.django_db

HERE = "/account/data"
REQUESTS = f"{HERE}/requests"
CORRECTION = {
    "field": "name",
    "wanted": "Siti Aminah",
    "text": "One letter of my name is wrong everywhere.",
}
REASON = "I want to look through the orders first."


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    places.places()


def somebody() -> tuple[Person, Browser]:
    found = person(kind="pns", agency="T1")
    return found, enter(found)


def copied(here: Browser) -> str:
    """Ask for a copy and let it be made; answers its address."""
    answer = here.submit(f"{HERE}/copies", page=HERE)
    assert answer.status_code == 303
    do_jobs(JOB)
    return str(answer["Location"])


def test_it_is_for_people_who_are_signed_in() -> None:
    assert Browser().get(HERE)["Location"].startswith("/login?next=")


def test_the_page_names_every_kind_and_that_no_machine_decides() -> None:
    _found, here = somebody()
    text = text_of(here.get(HERE))
    assert all(title in text for title in KINDS.values())
    assert "Nobody else has looked at your data." in text
    assert "No decision about you is made by a machine alone" in text


def test_a_kind_shows_the_values_with_why_law_and_how_long() -> None:
    found, here = somebody()
    text = text_of(here.get(f"{HERE}/held/identity"))
    assert found.name in text
    assert "UU 27/2022 Pasal 20(2)e" in text
    assert "As long as you have an account" in text


def test_the_page_shows_only_the_ends_of_numbers() -> None:
    """Attack: a stolen session, or a look over the shoulder, must not give the NIK away."""
    found, here = somebody()
    assert found.nik
    page = here.get(f"{HERE}/held/identity").content.decode()
    assert found.nik not in page
    assert f"{found.nik[:4]}••" in page


def test_the_page_asks_the_database_a_bounded_number_of_times() -> None:
    _found, here = somebody()
    here.get(HERE)
    with CaptureQueriesContext(connection) as asked:
        here.get(HERE)
    assert len(asked) <= 14, [query["sql"][:90] for query in asked]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_opened(kind: str) -> None:
    assert somebody()[1].get(f"{HERE}/held/{kind}").status_code == 200


def test_an_address_somebody_made_up_is_not_there() -> None:
    assert somebody()[1].get(f"{HERE}/held/weather").status_code == 404


def test_a_copy_is_asked_for_followed_and_downloaded() -> None:
    _found, here = somebody()
    answer = here.submit(f"{HERE}/copies", page=HERE)
    assert "It begins in a moment." in text_of(here.get(answer["Location"]))
    do_jobs(JOB)
    page = answer["Location"]
    assert "Download the PDF for reading" in text_of(here.get(page))
    paper = here.get(f"{page}/pdf")
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    data = here.get(f"{page}/json")
    assert data["Content-Disposition"].startswith("attachment")
    assert data["Cache-Control"] == "no-store"


def test_a_doubled_click_asks_for_one_copy() -> None:
    _found, here = somebody()
    first, second = (here.submit(f"{HERE}/copies", page="/account") for _n in range(2))
    assert first["Location"] == second["Location"]
    assert Copy.objects.count() == 1


def test_a_script_asks_for_the_progress_alone() -> None:
    _found, here = somebody()
    page = here.submit(f"{HERE}/copies", page=HERE)["Location"]
    part = here.get(page, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b"<progress" in part.content
    do_jobs(JOB)
    assert here.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_stolen_session_must_prove_who_it_is_before_the_download() -> None:
    _found, here = somebody()
    page = copied(here)
    with clock.frozen(clock.now() + timedelta(minutes=25)):
        answer = here.get(f"{page}/pdf")
    assert answer.status_code in (303, 403)
    assert answer.content[:5] != b"%PDF-"


def test_nobody_fetches_or_sees_the_copy_of_another() -> None:
    """Insecure direct object reference: the number of a copy is no secret."""
    page = copied(somebody()[1])
    stranger = somebody()[1]
    for address in (page, f"{page}/pdf", f"{page}/json"):
        assert stranger.get(address).status_code == 404


def test_a_correction_is_asked_followed_and_withdrawn() -> None:
    _found, here = somebody()
    answer = here.submit(f"{REQUESTS}/correction", f"{REQUESTS}/correction", **CORRECTION)
    page = here.get(answer["Location"])
    assert "Your request has arrived." in text_of(page)
    assert CORRECTION["text"] in text_of(page)
    assert "Your agency" in text_of(page)
    done = here.submit(f"{answer['Location']}/withdraw", answer["Location"])
    assert done["Location"] == REQUESTS
    assert "Withdrawn" in text_of(here.get(REQUESTS))


def test_wrong_input_keeps_what_was_typed_and_says_what_to_do() -> None:
    _found, here = somebody()
    typed = CORRECTION | {"text": "short", "wanted": "Kept <b>value</b>"}
    answer = here.submit(f"{REQUESTS}/correction", f"{REQUESTS}/correction", **typed)
    assert answer.status_code == 422
    assert "Kept &lt;b&gt;value&lt;/b&gt;" in answer.content.decode()
    assert not DataRequest.objects.exists()


def test_a_second_request_about_the_same_says_which_one_is_open() -> None:
    _found, here = somebody()
    here.submit(f"{REQUESTS}/correction", f"{REQUESTS}/correction", **CORRECTION)
    answer = here.submit(f"{REQUESTS}/correction", f"{REQUESTS}/correction", **CORRECTION)
    assert answer.status_code == 409
    assert DataRequest.objects.get().reference in text_of(answer)


def test_another_persons_request_is_not_there() -> None:
    """Insecure direct object reference."""
    _found, here = somebody()
    page = here.submit(f"{REQUESTS}/correction", f"{REQUESTS}/correction", **CORRECTION)["Location"]
    stranger = somebody()[1]
    assert stranger.get(page).status_code == 404
    assert stranger.submit(f"{page}/withdraw", "/account").status_code == 404


def test_under_a_restriction_one_reads_but_asks_for_no_access_until_it_is_lifted() -> None:
    _found, here = somebody()
    here.submit(f"{REQUESTS}/restriction", f"{REQUESTS}/restriction", text=REASON)
    request = DataRequest.objects.get()
    fulfill_request(actor=officer(), request_id=request.pk, answer=ANSWER)
    assert "You can read everything, but not act." in text_of(here.get(HERE))
    assert here.get("/requests/new").status_code == 200
    refused = here.submit("/requests/new", "/requests/new", role="ppk")
    assert refused.status_code == 403
    assert "The processing of your data is restricted, as you asked." in text_of(refused)
    done = here.submit(f"{HERE}/restriction/lift", REQUESTS)
    assert done["Location"] == REQUESTS
    assert Restriction.objects.get().ended_at is not None
    assert here.submit("/requests/new", "/requests/new", role="ppk").status_code == 303


def test_nothing_happens_without_the_token_of_the_form() -> None:
    """Cross-site request forgery: another site must not restrict or ask in one's name."""
    _found, here = somebody()
    for path in (f"{HERE}/copies", f"{REQUESTS}/restriction", f"{HERE}/restriction/lift"):
        assert here.post(path, {"text": REASON}).status_code == 403
    assert not DataRequest.objects.exists()
