"""/people/duplicates and /account/duplicate: asked, announced, objected, and who sees nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gapura.accounts.models import Duplicate, Person
from gapura.kernel import clock
from tests.personas import ClientFor
from tests.web.browser import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]
QUEUE, OWN = "/people/duplicates", "/account/duplicate"
REASON = "Nama dan tanggal lahir sama, satu orang."


def pair(state: str = "found", **values: Any) -> Duplicate:
    """Between two of the demo's people."""
    people = Person.objects.filter(username__in=["warga", "penyedia"]).order_by("id")
    now = clock.now()
    return Duplicate.objects.create(
        first=people[0],
        second=people[1],
        state=state,
        score=100,
        evidence=["same_nik", "same_phone"],
        found_at=now,
        seen_at=now,
        **values,
    )


def announced(hours: int = 72) -> Duplicate:
    """By the helpdesk; the time to object ends in `hours`."""
    now = clock.now()
    return pair(
        "announced",
        closing=Person.objects.get(username="warga"),
        verdict_by=Person.objects.get(username="helpdesk"),
        verdict_at=now,
        reason=REASON,
        object_until=now + timedelta(hours=hours),
    )


def english(here: Client) -> Client:
    here.cookies["lang"] = "en"
    return here


def state(row: Duplicate) -> str:
    return Duplicate.objects.get(pk=row.pk).state


def test_the_helpdesk_announces_and_the_owner_objects(client_for: ClientFor) -> None:
    row = pair()
    desk, owner = english(client_for("helpdesk")), english(client_for("warga"))
    listed = text_of(desk.get(QUEUE))
    assert "The same NIK" in listed
    page = desk.get(f"{QUEUE}/{row.id}")
    person = Person.objects.get(username="warga")
    assert person.nik not in page.content.decode()
    assert owner.get(f"{OWN}/{row.id}").status_code == 404, "nobody told them yet"
    answer = desk.post(f"{QUEUE}/{row.id}/announce", {"closing": str(person.id), "reason": REASON})
    assert answer["Location"] == f"{QUEUE}/{row.id}"
    page = owner.get(f"{OWN}/{row.id}")
    assert "The account you are using now is to be closed" in text_of(page)
    assert "penyedia" not in page.content.decode()
    wrong = owner.post(f"{OWN}/{row.id}/object", {"objection": "tidak"})
    assert wrong.status_code == 422
    owner.post(f"{OWN}/{row.id}/object", {"objection": "Akun itu milik istri saya."})
    assert state(row) == "objected"
    assert "Akun itu milik istri saya." in text_of(desk.get(f"{QUEUE}/{row.id}"))


def test_asked_both_see_the_question_and_answer(client_for: ClientFor) -> None:
    row = pair()
    client_for("helpdesk").post(f"{QUEUE}/{row.id}/ask")
    owner = english(client_for("penyedia"))
    assert "Is the other account yours, too?" in text_of(owner.get(f"{OWN}/{row.id}"))
    assert owner.post(f"{OWN}/{row.id}/answer", {"answer": "perhaps"}).status_code == 422
    owner.post(f"{OWN}/{row.id}/answer", {"answer": "not_mine"})
    assert "No, the other account is not mine" in text_of(owner.get(f"{OWN}/{row.id}"))


def test_an_administrator_closes_only_when_the_time_is_over(client_for: ClientFor) -> None:
    early, admin = announced(), english(client_for("admin"))
    assert "The time to object is not over yet" in text_of(admin.get(f"{QUEUE}/{early.id}"))
    assert admin.post(f"{QUEUE}/{early.id}/close").status_code == 403
    Duplicate.objects.filter(pk=early.pk).update(object_until=clock.now())
    assert admin.post(f"{QUEUE}/{early.id}/close")["Location"] == QUEUE
    states = dict(Person.objects.values_list("username", "state"))
    assert (states["warga"], states["penyedia"]) == ("closed", "verified")


def test_two_people_are_told_apart_with_a_reason(client_for: ClientFor) -> None:
    row, desk = pair(), client_for("helpdesk")
    assert desk.post(f"{QUEUE}/{row.id}/differ", {"reason": "tidak"}).status_code == 422
    desk.post(f"{QUEUE}/{row.id}/differ", {"reason": "Dua orang, kartu dilihat."})
    assert state(row) == "different"


@pytest.mark.parametrize("username", ["verifikator", "ppk", "apip", "luar", "kurator"])
def test_others_see_no_pairs(client_for: ClientFor, username: str) -> None:
    row, here = announced(), client_for(username)
    assert here.get(QUEUE).status_code == 404
    assert here.get(f"{QUEUE}/{row.id}").status_code == 404
    assert here.post(f"{QUEUE}/{row.id}/differ", {"reason": REASON}).status_code == 404
    assert here.get(f"{OWN}/{row.id}").status_code == 404
    assert here.post(f"{OWN}/{row.id}/object", {"objection": REASON}).status_code == 404
    assert state(row) == "announced"


def test_a_verb_opened_by_its_address_leads_to_the_page(client_for: ClientFor) -> None:
    row = announced()
    answer = client_for("helpdesk").get(f"{QUEUE}/{row.id}/uphold")
    assert answer["Location"] == f"{QUEUE}/{row.id}"
    assert client_for("warga").get(f"{OWN}/{row.id}/object")["Location"] == f"{OWN}/{row.id}"


def test_the_list_asks_the_same_for_one_pair_and_for_three(client_for: ClientFor) -> None:
    here = client_for("helpdesk")
    pair()
    here.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        here.get(QUEUE)
    names = ["ppk", "pp", "kpa", "pa"]
    people = list(Person.objects.filter(username__in=names).order_by("id"))
    now = clock.now()
    for first, second in ((people[0], people[1]), (people[2], people[3])):
        Duplicate.objects.create(
            first=first, second=second, score=60, evidence=[], found_at=now, seen_at=now
        )
    with CaptureQueriesContext(connection) as three:
        assert here.get(QUEUE).content.count(b"/people/duplicates/") == 3
    assert len(three) == len(one)
