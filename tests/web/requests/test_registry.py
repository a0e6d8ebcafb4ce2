"""The registry's word on the verifier's page, and the document that stands in for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access import services
from gapura.access.models import AccessRequest, Grant
from gapura.accounts.errors import DocumentNotCompared
from gapura.accounts.models import Person
from gapura.accounts.services import check_identity
from tests.access import world
from tests.simulator import Authorities
from tests.web.requests.desk import ALL_CHECKED, browser, text_of, waiting

LETTER_CHECKS = ALL_CHECKED[:-1]
TICK = 'value="identity_document"'


@pytest.fixture
def request_id(applicant: Person, verifier: Person) -> str:
    found = waiting(applicant)
    services.claim_request(actor=world.actor(verifier), request_id=found)
    return str(found)


def check(person: Person) -> str:
    return check_identity(actor=world.SYSTEM, person=person.id).outcome


def state() -> str:
    return AccessRequest.objects.get().state


def test_confirmed_by_the_registry_no_document_is_asked_for(
    authorities: Authorities, applicant: Person, verifier: Person, request_id: str
) -> None:
    assert check(applicant) == "matches"
    here = browser(verifier)
    response = here.get(f"/requests/{request_id}/review")
    page = text_of(response)
    assert "Name Applicant Matches" in page
    assert "Date of birth 1 January 1990 Matches" in page
    assert "Reference:" in page
    assert TICK not in response.content.decode()
    here.post(f"/requests/{request_id}/approve", {"checked": LETTER_CHECKS})
    assert state() == "approved"


def test_what_differs_is_shown_and_the_document_must_be_ticked(
    authorities: Authorities, applicant: Person, verifier: Person, request_id: str
) -> None:
    Person.objects.filter(pk=applicant.pk).update(nik="3171010101909999")
    assert check(applicant) == "differs"
    here = browser(verifier)
    response = here.get(f"/requests/{request_id}/review")
    assert "Name Applicant Does not match" in text_of(response)
    assert TICK in response.content.decode()
    refused = here.post(f"/requests/{request_id}/approve", {"checked": LETTER_CHECKS})
    assert (refused.status_code, state()) == (422, "in_review")
    here.post(f"/requests/{request_id}/approve", {"checked": ALL_CHECKED})
    assert state() == "approved"


def test_not_asked_yet_the_document_must_be_ticked_too(
    applicant: Person, verifier: Person, request_id: str
) -> None:
    here = browser(verifier)
    assert "The registry was not asked yet" in text_of(here.get(f"/requests/{request_id}/review"))
    here.post(f"/requests/{request_id}/approve", {"checked": LETTER_CHECKS})
    assert state() == "in_review"


def test_the_service_itself_insists_on_the_document(
    applicant: Person, verifier: Person, request_id: str
) -> None:
    """A form sent by hand, without the tick that the page asks for."""
    with pytest.raises(DocumentNotCompared):
        services.approve_request(
            actor=world.actor(verifier),
            request_id=AccessRequest.objects.get().pk,
            checked=LETTER_CHECKS,
        )
    assert not Grant.objects.filter(person=applicant).exists()


def test_a_verified_person_needs_no_document(verifier: Person) -> None:
    someone = world.person("someone")
    request = waiting(someone)
    services.claim_request(actor=world.actor(verifier), request_id=request)
    here = browser(verifier)
    assert TICK not in here.get(f"/requests/{request}/review").content.decode()
    here.post(f"/requests/{request}/approve", {"checked": LETTER_CHECKS})
    assert state() == "approved"


def test_the_page_keeps_its_budget_of_queries(
    authorities: Authorities, applicant: Person, verifier: Person, request_id: str
) -> None:
    check(applicant)
    here = browser(verifier)
    here.get(f"/requests/{request_id}/review")
    with CaptureQueriesContext(connection) as queries:
        assert here.get(f"/requests/{request_id}/review").status_code == 200
    assert len(queries) <= 10, [query["sql"][:90] for query in queries]
