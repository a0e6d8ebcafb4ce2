"""The page that tells who held a role on a past day."""

from datetime import timedelta

import pytest

from gapura.access.queries import active_grants
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant
from tests.personas import ClientFor, Personas


@pytest.fixture
def place(personas: Personas) -> ActiveGrant:
    """Where the persona `ppk` holds the role."""
    person = Person.objects.get(username="ppk")
    return next(g for g in active_grants(person.id, clock.now()) if g.role == "ppk")


def asked(place: ActiveGrant, **more: str) -> dict[str, str]:
    day = clock.today().isoformat()
    return {"role": "ppk", "unit": place.unit, "day": day, "clock": "23:59", **more}


def test_the_form_comes_without_an_answer(client_for: ClientFor) -> None:
    answer = client_for("verifikator").get("/people/at")
    assert answer.status_code == 200
    assert not LogEvent.objects.filter(name="access.history.looked").exists()


def test_the_answer_names_who_could_act_and_is_recorded(
    client_for: ClientFor, place: ActiveGrant
) -> None:
    answer = client_for("verifikator").get("/people/at", asked(place))
    assert answer.status_code == 200
    assert "(ppk)" in answer.content.decode()
    told = LogEvent.objects.get(name="access.history.looked")
    assert (told.actor_username, told.unit) == ("verifikator", place.unit)


def test_before_the_grant_nobody_held_it(client_for: ClientFor, place: ActiveGrant) -> None:
    before = (clock.today() - timedelta(days=4000)).isoformat()
    answer = client_for("apip").get("/people/at", asked(place, day=before))
    assert "(ppk)" not in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("day", "31-02-2026"), ("day", "2999-01-01"), ("clock", "25:99"), ("unit", ""), ("role", "x")],
)
def test_an_impossible_question_is_explained(
    client_for: ClientFor, place: ActiveGrant, field: str, value: str
) -> None:
    answer = client_for("verifikator").get("/people/at", asked(place, **{field: value}))
    assert answer.status_code == 422
    assert not LogEvent.objects.filter(name="access.history.looked").exists()


def test_the_platform_asks_about_any_agency(client_for: ClientFor, place: ActiveGrant) -> None:
    answer = client_for("admin").get("/people/at", asked(place, agency=place.agency))
    assert "(ppk)" in answer.content.decode()
    unknown = client_for("admin").get("/people/at", asked(place, agency="NOWHERE"))
    assert unknown.status_code == 422


def test_another_agency_learns_nothing(client_for: ClientFor, place: ActiveGrant) -> None:
    """IDOR: the unit of another agency typed into the address."""
    answer = client_for("luar").get("/people/at", asked(place))
    assert answer.status_code in {403, 404}
    assert "(ppk)" not in answer.content.decode()


@pytest.mark.parametrize("username", ["ppk", "bendahara", "penyedia", "warga"])
def test_others_do_not_have_the_page(
    client_for: ClientFor, place: ActiveGrant, username: str
) -> None:
    assert client_for(username).get("/people/at", asked(place)).status_code in {403, 404}
