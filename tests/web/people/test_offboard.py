"""/people/<username>/offboard through the browser's eyes: seen first, done once."""

import re

import pytest
from django.test import Client

from gapura.access.models import Grant
from gapura.audit.models import LogEvent
from tests.personas import ClientFor

pytestmark = pytest.mark.django_db

PAGE = "/people/ppk/offboard"
WHY = "Pindah tugas ke instansi lain per hari ini."


def read(client: Client, address: str = PAGE) -> str:
    client.cookies["lang"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def filled(page: str, **changes: str) -> dict[str, str]:
    found = re.search(r'name="seen" value="(\w+)"', page)
    agency = re.search(r'name="agency" value="(\w+)"', page)
    assert found
    assert agency
    return {"seen": found[1], "agency": agency[1], "reason": WHY, "read": "1", **changes}


def working(username: str = "ppk") -> int:
    return Grant.objects.filter(person__username=username, state="active").count()


@pytest.mark.parametrize("username", ["verifikator", "admin_instansi", "admin"])
def test_who_looks_after_the_agency_sees_it_and_the_way_there(
    client_for: ClientFor, username: str
) -> None:
    client = client_for(username)
    assert f'href="{PAGE}"' in read(client, "/people/ppk")
    page = read(client)
    assert "Accesses that end" in page
    assert "Commitment officer (PPK)" in page
    number = Grant.objects.get(person__username="ppk", role="ppk").letter
    assert number is not None
    assert number.number in page


def test_it_is_done_once_and_the_page_says_who_is_missing(client_for: ClientFor) -> None:
    client = client_for("verifikator")
    form = filled(read(client))
    first, second = client.post(PAGE, form), client.post(PAGE, form)
    assert (first.status_code, first["Location"]) == (303, "/people/ppk")
    assert (second.status_code, second["Location"]) == (303, "/people/ppk")
    assert working() == 0
    assert LogEvent.objects.filter(name="journeys.offboarding.done").count() == 1
    assert "Nobody else acts as Commitment officer (PPK)" in read(client, "/people/ppk")


@pytest.mark.parametrize("changes", [{"reason": "x"}, {"reason": ""}, {"read": ""}])
def test_what_is_missing_is_said(client_for: ClientFor, changes: dict[str, str]) -> None:
    client = client_for("verifikator")
    assert client.post(PAGE, filled(read(client), **changes)).status_code == 422
    assert working() > 0


def test_an_old_page_is_shown_anew(client_for: ClientFor) -> None:
    client = client_for("verifikator")
    answer = client.post(PAGE, filled(read(client), seen="0" * 32))
    assert answer.status_code == 409
    assert "Nothing was ended" in answer.content.decode()
    assert working() > 0


@pytest.mark.parametrize(
    ("username", "status"),
    [("luar", 404), ("pp", 404), ("helpdesk", 404), ("penyedia", 404), ("apip", 403)],
)
def test_others_do_not_get_there(client_for: ClientFor, username: str, status: int) -> None:
    client = client_for(username)
    form = {"seen": "0" * 32, "agency": "D32", "reason": WHY, "read": "1"}
    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, form).status_code == status
    assert working() > 0


def test_nobody_offboards_themselves(client_for: ClientFor) -> None:
    assert client_for("verifikator").get("/people/verifikator/offboard").status_code == 403


def test_a_foreign_person_is_as_absent_as_an_unknown_one(client_for: ClientFor) -> None:
    client = client_for("verifikator")
    assert client.get("/people/luar/offboard").status_code == 404
    assert client.get("/people/nobody-known/offboard").status_code == 404
