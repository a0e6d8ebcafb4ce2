"""/account/grant: acting under another of one's roles."""

import pytest

from gapura.access.services import issue_grant
from tests.access import world as places
from tests.access.world import SYSTEM
from tests.authentication.world import app_code, events, person, with_app
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of
from tests.web.people import holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_roles() -> tuple[Browser, list[str], str]:
    """Somebody with two roles, signed in with the app; the ids of the grants; the app's secret."""
    places.places()
    someone = holder("ppk", "T1.1")
    issue_grant(actor=SYSTEM, person_id=someone.id, role="pp", agency="T1", unit="T1.2")
    secret = with_app(someone)
    ids = [str(grant.id) for grant in places.actor(someone).grants]
    return entered(someone, secret), ids, secret


def test_the_other_role_is_in_use_from_then_on(
    two_roles: tuple[Browser, list[str], str],
) -> None:
    here, (_, second), _ = two_roles
    before = here.cookies["session"].value
    answer = here.submit("/account/grant", page="/", grant=second, next="/catalog")
    assert (answer.status_code, answer["Location"]) == (303, "/catalog")
    assert here.cookies["session"].value != before, "rights change, so the token does"
    page = text_of(here.get("/"))
    assert "You are now acting as Procurement officer (PP), Unit 2, Agency T1." in page
    assert here.submit("/account/grant", grant=second, next="/")["Location"] == "/"
    assert len(events("authentication.session.grant_switched")) == 1, "no change, no event"


def test_nobody_uses_another_persons_role(two_roles: tuple[Browser, list[str], str]) -> None:
    """Insecure direct object reference: a stranger's grant."""
    _, (first, _), _ = two_roles
    stranger = entered(person())
    for grant in (first, "nonsense", "", "\0"):
        assert stranger.submit("/account/grant", page="/", grant=grant).status_code == 404


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/account/grant?x"])
def test_the_way_on_stays_on_this_site(
    two_roles: tuple[Browser, list[str], str], target: str
) -> None:
    """Open redirect (CWE-601), and a page that would only ask again."""
    here, (_, second), _ = two_roles
    assert here.submit("/account/grant", page="/", grant=second, next=target)["Location"] == "/"


def test_a_role_that_needs_strength_leads_over_the_app_and_back() -> None:
    places.places()
    someone = holder("ppk", "T1.1")
    secret = with_app(someone)
    here = entered(someone)
    page = here.get("/")
    assert "waiting for a stronger sign-in" in text_of(page)
    grant = str(places.actor(someone).grants[0].id)
    answer = here.submit("/account/grant", page="/", grant=grant, next="/catalog")
    assert answer["Location"].startswith("/login/step-up?next=%2Faccount%2Fgrant")
    step = here.get(answer["Location"])["Location"]
    answer = here.submit(step, code=app_code(secret))
    assert answer["Location"].startswith("/account/grant?grant=")
    assert "Go on with another role?" in text_of(here.get(answer["Location"]))
    answer = here.submit("/account/grant", grant=grant, next="/catalog")
    assert answer["Location"] == "/catalog"
    assert here.get("/catalog").status_code == 200
