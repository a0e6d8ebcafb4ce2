"""/requests/delegations: delegate, confirm, act as deputy, take back."""

from datetime import timedelta

import pytest

from gapura.access.models import Grant
from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.access import world
from tests.web.browser import Browser, text_of
from tests.web.people import enter, holder, signed_in

pytestmark = pytest.mark.django_db
LIST = "/requests/delegations"
NEW = f"{LIST}/new"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


@pytest.fixture
def boss() -> Person:
    """A verifier of T1."""
    return holder("verifikator", name="Hendra Gunawan")


@pytest.fixture
def deputy() -> Person:
    """A procurement officer of the same agency."""
    return holder("pp", name="Siti Rahmawati")


def delegate(here: Browser, username: str, days: int = 6) -> object:
    """Fill the form in."""
    first, last = clock.today(), clock.today() + timedelta(days=days)
    boxes = {
        f"{name}-{part}": getattr(day, part)
        for name, day in (("first", first), ("last", last))
        for part in ("day", "month", "year")
    }
    return here.submit(NEW, NEW, username=username, **boxes)


def test_from_delegating_to_giving_back(boss: Person, deputy: Person) -> None:
    here = enter(boss)
    assert "Delegate your duty" in text_of(here.get(LIST))
    assert here.get(NEW).status_code == 200
    done = delegate(here, deputy.username)
    assert (done.status_code, done["Location"]) == (303, LIST)  # type: ignore[attr-defined,index]
    assert "Siti Rahmawati" in text_of(here.get(LIST))
    grant = Grant.objects.get(standing="delegate")
    there = enter(deputy)
    confirm = f"{LIST}/{grant.id}/confirm"
    assert "Hendra Gunawan" in text_of(there.get(confirm))
    answer = there.submit(confirm, confirm)
    assert answer["Location"] == LIST
    page = text_of(there.get("/requests/queue"))
    assert "Requests to decide" in page
    assert f"as delegate of {boss.username}" in page
    end = f"{LIST}/{grant.id}/end"
    assert there.get(end).status_code == 200
    assert there.submit(end, end, reason="no").status_code == 422
    assert there.submit(end, end, reason="I am away myself.")["Location"] == LIST
    assert there.get("/requests/queue").status_code == 404
    assert there.get(end)["Location"] == LIST


def test_mistakes_are_told_at_their_field(boss: Person, deputy: Person) -> None:
    here = enter(boss)
    page = delegate(here, "nobody-here")
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert "no verified officer of your agency" in text_of(page)
    page = delegate(here, deputy.username, days=120)
    assert "At most 92 are allowed" in text_of(page)
    auditor = holder("apip")
    page = delegate(here, auditor.username)
    assert "does not let one person hold" in text_of(page)


def test_others_do_not_delegate_and_do_not_find_it(boss: Person, deputy: Person) -> None:
    delegate(enter(boss), deputy.username)
    grant = Grant.objects.get(standing="delegate")
    stranger = signed_in("pp")
    assert stranger.get(NEW).status_code == 404
    for verb in ("end", "confirm"):
        assert stranger.get(f"{LIST}/{grant.id}/{verb}").status_code == 404
    assert "There are no delegations" in text_of(stranger.get(LIST))
    # The verifier does not confirm in the deputy's place.
    assert enter(boss).get(f"{LIST}/{grant.id}/confirm")["Location"] == LIST
