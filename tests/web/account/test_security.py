"""/account/security: devices that are signed in, and how each is ended."""

from uuid import UUID

import pytest

from gapura.authentication.models import Session
from tests.authentication.world import events, person, with_app
from tests.web.account.entering import entered
from tests.web.browser import text_of

pytestmark = pytest.mark.django_db
HERE = "/account/security"


def test_it_lists_factors_and_devices_with_the_present_one_marked() -> None:
    someone = person()
    here = entered(someone, with_app(someone))
    entered(someone)
    page = text_of(here.get(HERE))
    assert "10 still work" in page
    assert page.count("Firefox, Linux") >= 2
    assert page.count("This one") == 1


def test_one_sign_in_is_ended() -> None:
    someone = person()
    other, here = entered(someone), entered(someone)
    assert other.session
    answer = here.submit(f"{HERE}/sessions/{other.session.id}/end", page=HERE)
    assert answer["Location"] == HERE
    assert other.get("/account")["Location"].startswith("/login")
    answer = here.submit(f"{HERE}/sessions/{_ended(someone.id)}/end")
    assert "had already ended" in text_of(here.get(answer["Location"]))


def _ended(person_id: UUID) -> UUID:
    return Session.objects.filter(person=person_id, ended_at__isnull=False).latest("id").id


def test_nobody_ends_another_persons_sign_in() -> None:
    """Insecure direct object reference: the id of a stranger's session in the address."""
    stranger, here = entered(person()), entered(person())
    assert stranger.session
    here.submit(f"{HERE}/sessions/{stranger.session.id}/end", page=HERE)
    assert stranger.get("/account").status_code == 200


def test_all_others_are_ended_and_this_one_stays() -> None:
    someone = person()
    others = [entered(someone), entered(someone)]
    here = entered(someone)
    answer = here.submit(f"{HERE}/end-others", page=HERE)
    assert "2 other sign-ins were ended" in text_of(here.get(answer["Location"]))
    assert all(other.session is None for other in others)


def test_signing_out_everywhere_ends_this_one_too() -> None:
    someone = person()
    other, here = entered(someone), entered(someone)
    answer = here.submit(f"{HERE}/sign-out-everywhere", page=HERE)
    assert (answer.status_code, answer["Location"]) == (303, "/logout")
    assert other.session is None
    assert here.get("/account")["Location"].startswith("/login")
    assert events("authentication.session.signed_out_everywhere", someone) == [{"sessions": 2}]
