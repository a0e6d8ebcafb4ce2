"""Pages on which units and agencies are kept true: rightful and wrongful people, wrong input."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gapura.kernel import clock
from gapura.organizations.models import Agency, PlaceChange, Unit, UnitConfirmation
from tests.personas import ClientFor

HERE = "/people/units"
UNIT = "D32.004"
ELSEWHERE = "D3578.001"
CONFIRMED = {
    "address": "Jalan Tegar Beriman 1, Cibinong",
    "head_name": "dr. Ratna Dewi",
    "head_position": "Kepala Dinas Kesehatan",
    "true": "on",
}
DEED = {"deed": "Perbup 12/2026", "reason": "Reorganized by the regent."}


def today() -> str:
    return clock.today().isoformat()


def test_the_list_shows_what_is_to_be_confirmed_in_few_queries(client_for: ClientFor) -> None:
    client = client_for("admin_instansi")
    client.get(HERE)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(HERE).content.decode()
    assert f"{HERE}/{UNIT}/confirm" in page
    assert len(asked) <= 8
    assert client.get(f"{HERE}?standing=never&page=2").status_code == 200
    assert f"{HERE}/{UNIT}" not in client.get(f"{HERE}?standing=overdue").content.decode()


@pytest.mark.parametrize("username", ["ppk", "verifikator", "apip", "penyedia", "warga", "luar"])
@pytest.mark.parametrize("path", ["", f"/{UNIT}", f"/{UNIT}/confirm", f"/{UNIT}/close"])
def test_others_have_no_such_page(client_for: ClientFor, username: str, path: str) -> None:
    assert client_for(username).get(HERE + path).status_code == 404


@pytest.mark.parametrize("verb", ["", "/confirm", "/rename", "/move", "/merge", "/close"])
def test_a_unit_of_another_agency_is_not_there(client_for: ClientFor, verb: str) -> None:
    """Attack: an administrator tries the codes of other agencies, which are public."""
    client = client_for("admin_instansi")
    before = Unit.objects.get(pk=ELSEWHERE)
    assert client.get(f"{HERE}/{ELSEWHERE}{verb}").status_code == 404
    posted = {**CONFIRMED, **DEED, "from_day": today(), "name": "Taken", "read": "on"}
    posted |= {"parent": "", "successor": "D3578.002", "grants": "end"}
    assert client.post(f"{HERE}/{ELSEWHERE}{verb}", posted).status_code in (404, 405)
    assert Unit.objects.get(pk=ELSEWHERE).closed_on == before.closed_on
    assert not PlaceChange.objects.exists()
    assert not UnitConfirmation.objects.exists()


def test_a_unit_is_confirmed_and_shown_with_who_did_it(client_for: ClientFor) -> None:
    client = client_for("admin_instansi")
    assert client.post(f"{HERE}/{UNIT}/confirm", {**CONFIRMED, "true": ""}).status_code == 422
    assert client.post(f"{HERE}/{UNIT}/confirm", {**CONFIRMED, "npwp": "1"}).status_code == 422
    assert not UnitConfirmation.objects.exists()
    assert client.post(f"{HERE}/{UNIT}/confirm", CONFIRMED).headers["Location"] == HERE
    page = client.get(f"{HERE}/{UNIT}").content.decode()
    assert "dr. Ratna Dewi" in page
    assert "admin_instansi" in page


def test_what_was_typed_is_there_again_after_a_slip(client_for: ClientFor) -> None:
    client = client_for("admin_instansi")
    page = client.post(
        f"{HERE}/{UNIT}/rename", {**DEED, "name": "Dinkes", "from_day": "2020-01-01"}
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert 'value="Dinkes"' in text
    assert "Perbup 12/2026" in text


def test_a_renaming_is_decided_for_later_and_taken_back(client_for: ClientFor) -> None:
    client = client_for("admin_instansi")
    day = clock.today().replace(year=clock.today().year + 1, day=1).isoformat()
    posted = {**DEED, "name": "Dinas Kesehatan Baru", "from_day": day}
    assert client.post(f"{HERE}/{UNIT}/rename", posted).status_code in (302, 303)
    change = PlaceChange.objects.get()
    page = client.get(f"{HERE}/{UNIT}").content.decode()
    assert f"{HERE}/changes/{change.id}/cancel" in page
    assert client_for("ppk").get(f"{HERE}/changes/{change.id}/cancel").status_code == 404
    assert client.post(f"{HERE}/{UNIT}/rename", posted).status_code == 422
    assert client.get(f"{HERE}/changes/{change.id}/cancel").status_code == 200
    done = client.post(f"{HERE}/changes/{change.id}/cancel", {"reason": "Entered by mistake."})
    assert done.headers["Location"] == f"{HERE}/{UNIT}"
    assert (
        client.post(f"{HERE}/changes/{change.id}/cancel", {"reason": "x" * 20}).status_code == 404
    )


def test_a_unit_goes_into_another_one_today(client_for: ClientFor) -> None:
    client = client_for("admin_instansi")
    form = client.get(f"{HERE}/{UNIT}/merge").content.decode()
    assert f'value="{ELSEWHERE}"' not in form
    posted = {**DEED, "from_day": today(), "successor": "D32.001", "grants": "stay", "read": "on"}
    assert (
        client.post(f"{HERE}/{UNIT}/merge", {**posted, "successor": ELSEWHERE}).status_code == 422
    )
    assert client.post(f"{HERE}/{UNIT}/merge", posted).status_code in (302, 303)
    row = Unit.objects.get(pk=UNIT)
    assert (row.merged_into_id, row.path) == ("D32.001", f"D32.001/{UNIT}/")
    assert client.get(f"{HERE}/{UNIT}").status_code == 200


def test_the_platform_finds_an_agency_and_renames_it(client_for: ClientFor) -> None:
    client = client_for("admin")
    assert "?agency=K16" in client.get(f"{HERE}?text=kemenkeu").content.decode()
    assert client.get(f"{HERE}?agency=K16").status_code == 200
    assert client.get(f"{HERE}?agency=X99").status_code == 404
    assert client.get("/people/agencies/K16").status_code == 200
    posted = {**DEED, "name": "Kementerian Fiskal", "from_day": today()}
    assert client.post("/people/agencies/K16/rename", posted).status_code in (302, 303)
    assert Agency.objects.get(pk="K16").name == "Kementerian Fiskal"
    assert client_for("admin_instansi").get("/people/agencies/K16").status_code == 404
