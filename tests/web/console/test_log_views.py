"""Kept searches: made, changed, shared, deleted; never another person's."""

from uuid import uuid4

import pytest

from gapura.audit.models import LogEvent, SavedView
from gapura.audit.queries import MOST_VIEWS
from tests.access import world
from tests.web.browser import Browser, text_of
from tests.web.console.logs import LOG
from tests.web.people import enter, holder, signed_in

VIEWS = f"{LOG}/views"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def keep(here: Browser, name: str = "Ditolak", **more: str) -> SavedView:
    """Keep a search through the page."""
    page = f"{VIEWS}/new?result=refused&actor=siti"
    answer = here.submit(
        f"{VIEWS}/new", page=page, name=name, result="refused", actor="siti", **more
    )
    assert answer["Location"] == VIEWS, text_of(answer)
    return SavedView.objects.get(name=name)


def test_a_search_is_kept_with_its_filters_and_opens_from_the_log() -> None:
    here = signed_in("apip")
    view = keep(here)
    html = here.get(LOG).content.decode()
    assert f'href="{LOG}?actor=siti&amp;result=refused">Ditolak' in html
    saved = LogEvent.objects.get(name="audit.view.saved")
    assert saved.facts == {"shared": False}, "what people search for is personal"
    assert saved.person == view.person


def test_it_is_renamed_and_deleted_by_its_owner() -> None:
    here = signed_in("apip")
    view = keep(here)
    here.submit(f"{VIEWS}/{view.id}", name="Lain")
    assert "Lain" in text_of(here.get(VIEWS))
    for _ in range(2):
        assert here.submit(f"{VIEWS}/{view.id}/drop", page=VIEWS)["Location"] == VIEWS
    assert not SavedView.objects.exists()
    names = LogEvent.objects.filter(name__startswith="audit.view.").values_list("name", flat=True)
    assert sorted(names) == ["audit.view.changed", "audit.view.dropped", "audit.view.saved"]


def test_an_administrator_shares_with_the_own_agency_only() -> None:
    view = keep(signed_in("admin_instansi"), shared="1")
    assert view.shared
    assert "Ditolak" in text_of(signed_in("apip").get(LOG))
    assert "Ditolak" not in text_of(signed_in("apip", "T2").get(LOG))
    assert "Ditolak" not in text_of(signed_in("admin_platform").get(LOG))


def test_an_auditor_cannot_share() -> None:
    """Privilege escalation: the box is not offered; sent all the same, it does nothing."""
    here = signed_in("apip")
    assert "Show it to the other administrators" not in text_of(here.get(f"{VIEWS}/new"))
    assert not keep(here, shared="1").shared


@pytest.mark.parametrize("role", ["apip", "admin_instansi", "admin_platform"])
def test_nobody_changes_or_deletes_anothers(role: str) -> None:
    view = keep(signed_in("admin_instansi"), shared="1")
    here = signed_in(role)
    assert here.get(f"{VIEWS}/{view.id}").status_code == 404
    assert here.submit(f"{VIEWS}/{view.id}", page=VIEWS, name="Mine").status_code == 404
    here.submit(f"{VIEWS}/{view.id}/drop", page=VIEWS)
    view.refresh_from_db()
    assert view.name == "Ditolak"


@pytest.mark.parametrize("role", ["pp", "verifikator", "helpdesk", "admin_perusahaan"])
def test_who_reads_no_log_keeps_no_search(role: str) -> None:
    here = signed_in(role)
    for path in (VIEWS, f"{VIEWS}/new", f"{VIEWS}/{uuid4()}"):
        assert here.get(path).status_code == 404, path
    assert here.submit(f"{VIEWS}/{uuid4()}/drop", page="/account").status_code == 404


def test_a_name_is_needed_and_stands_once_and_thirty_are_enough() -> None:
    someone = holder("apip")
    here = enter(someone)
    keep(here)
    again = here.submit(f"{VIEWS}/new", name="Ditolak", result="failed")
    assert again.status_code == 422
    assert "already keep a search under this name" in text_of(again)
    assert here.submit(f"{VIEWS}/new", name=" ").status_code == 422
    for number in range(MOST_VIEWS - 1):
        keep(here, f"Nomor {number}")
    full = here.submit(f"{VIEWS}/new", name="One more", result="failed")
    assert "already keep 30 searches" in text_of(full)


def test_only_filters_of_the_page_are_kept() -> None:
    here = signed_in("apip")
    here.submit(f"{VIEWS}/new", name="A", result="failed", after=str(uuid4()), evil="<script>")
    assert SavedView.objects.get().query == '{"result": "failed"}'
