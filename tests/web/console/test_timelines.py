"""Timelines: all about one thing within the reader's scope, recorded, shown to whom it is about."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.access.models import AccessRequest
from gapura.audit.models import LogEvent
from tests.access import world
from tests.web.browser import text_of
from tests.web.console.logs import LOG, ask
from tests.web.people import enter, holder, signed_in


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def test_a_person_has_a_timeline_that_overseers_of_the_agency_read() -> None:
    someone, here = holder("pp"), signed_in("apip")
    page = here.get(f"{LOG}/people/{someone.id}")
    assert page.status_code == 200
    assert someone.username in text_of(page)
    shown = LogEvent.objects.get(name="audit.timeline.shown")
    assert (shown.subject_kind, shown.person) == ("person", someone.id)
    assert signed_in("apip", "T2").get(f"{LOG}/people/{someone.id}").status_code == 404
    assert signed_in("admin_platform").get(f"{LOG}/people/{someone.id}").status_code == 200


def test_a_request_has_a_timeline_with_what_followed() -> None:
    verifier = world.verifier()
    world.approved(world.person("budi"), verifier)
    request, here = AccessRequest.objects.get(), signed_in("admin_instansi")
    said = text_of(here.get(f"{LOG}/requests/{request.id}?order=oldest"))
    assert request.reference in said
    assert "Newest first" in said
    assert signed_in("apip", "T2").get(f"{LOG}/requests/{request.id}").status_code == 404


@pytest.mark.parametrize("kind", ["people", "requests", "orders", "letters"])
@pytest.mark.parametrize("role", ["pp", "verifikator", "helpdesk", "admin_perusahaan"])
def test_others_find_none(kind: str, role: str) -> None:
    someone = holder("ppk")
    assert signed_in(role).get(f"{LOG}/{kind}/{someone.id}").status_code == 404


def test_what_the_log_does_not_know_is_not_there() -> None:
    here = signed_in("admin_platform")
    for kind in ("people", "requests", "orders", "letters"):
        assert here.get(f"{LOG}/{kind}/{uuid4()}").status_code == 404


def test_the_way_stands_on_the_page_of_the_person_for_readers_only() -> None:
    someone = holder("pp")
    way = f'href="{LOG}/people/{someone.id}"'
    assert way in signed_in("apip").get(f"/people/{someone.username}").content.decode()
    assert way not in enter(someone).get(f"/people/{someone.username}").content.decode()


def test_pages_of_the_log_stay_within_eight_queries() -> None:
    someone, event, here = holder("pp"), ask(), signed_in("apip")
    for path in (f"{LOG}/people/{someone.id}", f"{LOG}/{event.pk}", f"{LOG}?text=help"):
        here.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert here.get(path).status_code == 200
        asked = [
            q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVE", "REL"))
        ]
        assert len(asked) <= 8, (path, asked)
