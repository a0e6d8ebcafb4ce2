"""/people/<username>: why can this person, as far as the one who asks may know."""

import pytest
from django.test import Client

from gapura.access.models import Grant
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.ops.seeding.cast import HEALTH
from gapura.organizations.models import AppointmentLetter
from tests.personas import ClientFor

pytestmark = pytest.mark.django_db

SIGN = "purchasing.order.sign"
LOOKED = "access.holder.shown"


def english(client: Client) -> Client:
    client.cookies["lang"] = "en"
    return client


def read(client: Client, address: str) -> str:
    page = english(client).get(address)
    assert page.status_code == 200, page.content.decode()
    return page.content.decode()


@pytest.mark.parametrize("username", ["verifikator", "admin_instansi", "apip", "admin"])
def test_who_looks_after_the_agency_sees_each_line_and_is_recorded(
    client_for: ClientFor, username: str
) -> None:
    page = read(client_for(username), "/people/ppk")
    for line in ("Account", "Proof of identity", "Appointment letter", "Role", "Agency and unit"):
        assert line in page
    assert "Works" in page
    event = LogEvent.objects.get(name=LOOKED)
    assert (event.actor_username, event.subject_label) == (username, "ppk")


@pytest.mark.parametrize("username", ["luar", "pp", "bendahara", "helpdesk", "penyedia", "warga"])
def test_others_do_not_learn_whether_the_person_exists(
    client_for: ClientFor, username: str
) -> None:
    client = client_for(username)
    there, nobody = client.get("/people/ppk"), client.get("/people/nobody-known")
    assert (there.status_code, nobody.status_code) == (404, 404)
    assert not LogEvent.objects.filter(name=LOOKED).exists()


def test_a_verifier_does_not_see_people_of_another_agency(client_for: ClientFor) -> None:
    assert client_for("verifikator").get("/people/luar").status_code == 404
    assert client_for("admin").get("/people/luar").status_code == 200


def test_a_weak_sign_in_is_asked_for_the_code_and_leads_back(client_for: ClientFor) -> None:
    """Only where the code helps: a foreign person is as absent as before."""
    client = client_for("verifikator", acr=1)
    page = client.get("/people/ppk")
    assert (page.status_code, page["Location"]) == (303, "/login/step-up?next=%2Fpeople%2Fppk")
    assert client.get("/people/luar").status_code == 404
    assert client.get("/people/nobody-known").status_code == 404


def test_everybody_sees_the_own_access_without_a_record(client_for: ClientFor) -> None:
    page = read(client_for("ppk", acr=1), "/people/ppk")
    assert "Commitment officer (PPK)" in page
    assert not LogEvent.objects.filter(name=LOOKED).exists()


def test_the_verdict_names_the_role_the_letter_and_the_conditions(client_for: ClientFor) -> None:
    address = f"/people/ppk?deed={SIGN}&place=unit%3A{HEALTH}"
    page = read(client_for("verifikator"), address)
    letter = Grant.objects.get(person__username="ppk", role="ppk").letter
    assert letter is not None
    assert "Allowed" in page
    assert letter.reference in page
    assert "It also depends on what it is about." in page
    event = LogEvent.objects.get(name=LOOKED)
    assert event.facts == {"permission": SIGN, "place": HEALTH}


def test_a_letter_revoked_is_named_as_what_stops_the_role(client_for: ClientFor) -> None:
    letter = Grant.objects.get(person__username="ppk", role="ppk").letter
    assert letter is not None
    AppointmentLetter.objects.filter(pk=letter.pk).update(revoked_at=clock.now())
    page = read(client_for("verifikator"), f"/people/ppk?deed={SIGN}&place=unit%3A{HEALTH}")
    assert "Refused" in page
    assert "The appointment letter was revoked." in page
    assert "Does not hold" in page


@pytest.mark.parametrize(
    "query", ["deed=a.b.c&place=unit:D32", "deed=&place=", f"deed={SIGN}&place=unit:D3578.009"]
)
def test_a_question_that_cannot_be_asked_is_sent_back(client_for: ClientFor, query: str) -> None:
    assert client_for("verifikator").get(f"/people/ppk?{query}").status_code == 422
