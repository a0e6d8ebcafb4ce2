"""/console/privacy: the queue by deadline, answering, and who sees which request."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.kernel import clock
from gapura.notifications.models import Mail
from tests.access import world
from tests.documents.makers import letter, pdf
from tests.privacy.asking import ANSWER, TEXT, asker, corrected, restricted, row
from tests.web.browser import text_of
from tests.web.people import enter, holder, signed_in

pytestmark = pytest.mark.django_db

HERE = "/console/privacy"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def test_what_is_due_first_stands_on_top_and_late_ones_are_marked() -> None:
    with clock.frozen(clock.now() - timedelta(hours=73)):
        old = restricted(asker())
    new, here = restricted(asker()), signed_in("admin_platform")
    text = text_of(here.get(HERE))
    assert text.index(old.reference) < text.index(new.reference)
    assert "Late" in text
    assert "71 hours left" in text


def test_a_request_is_taken_and_fulfilled_and_its_person_told() -> None:
    request, here = corrected(asker(), "other"), signed_in("admin_platform")
    page = f"{HERE}/{request.pk}"
    assert TEXT in text_of(here.get(page))
    assert here.submit(f"{page}/take", page)["Location"] == page
    answer = here.submit(f"{page}/fulfill", page, answer=ANSWER)
    assert answer["Location"] == HERE
    assert "Nobody is waiting for an answer" in text_of(here.get(HERE))
    assert request.reference in text_of(here.get(f"{HERE}?state=ended"))
    mail = Mail.objects.get(template="privacy/mail/request_fulfilled.txt")
    assert ANSWER in (mail.body or "")


def test_refusing_needs_its_words() -> None:
    request, here = restricted(asker()), signed_in("admin_platform")
    page = f"{HERE}/{request.pk}"
    answer = here.submit(f"{page}/refuse", page, answer="no")
    assert answer.status_code == 422
    assert row(request.pk).state == "received"
    here.submit(f"{page}/refuse", page, answer=ANSWER)
    assert row(request.pk).state == "refused"


def test_an_agency_sees_its_own_and_another_agency_nothing() -> None:
    request = corrected(asker())
    ours, theirs = signed_in("admin_instansi", "T1"), signed_in("admin_instansi", "T2")
    assert request.reference in text_of(ours.get(HERE))
    assert request.reference not in text_of(theirs.get(HERE))
    assert theirs.get(f"{HERE}/{request.pk}").status_code == 404
    answer = theirs.submit(f"{HERE}/{request.pk}/refuse", HERE, answer=ANSWER)
    assert answer.status_code == 404


def test_whoever_answers_no_requests_has_no_queue() -> None:
    assert signed_in("ppk").get(HERE).status_code == 404


def test_the_own_request_is_not_in_the_own_queue() -> None:
    admin = holder("admin_platform")
    request, here = restricted(admin), enter(admin)
    assert request.reference not in text_of(here.get(HERE))
    assert "Somebody else answers it." in text_of(here.get(f"{HERE}/{request.pk}"))


@pytest.mark.django_db(transaction=True)
def test_the_evidence_is_shown_to_who_answers_and_to_nobody_else() -> None:
    request = corrected(asker(), evidence=("akta.pdf", pdf(letter())))
    seen = signed_in("admin_platform").get(f"{HERE}/{request.pk}/evidence")
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/webp")
    stranger = signed_in("admin_instansi", "T2")
    assert stranger.get(f"{HERE}/{request.pk}/evidence").status_code == 404


def test_the_list_asks_the_database_the_same_however_long_it_is() -> None:
    here, counts = signed_in("admin_platform"), []
    for _number in range(2):
        for _more in range(3):
            restricted(asker())
        here.get(HERE)
        with CaptureQueriesContext(connection) as asked:
            here.get(HERE)
        counts.append(len(asked))
    assert counts[0] == counts[1]
