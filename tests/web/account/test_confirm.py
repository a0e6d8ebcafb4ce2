"""/account/confirm: is your profile still right? Asked at a sign-in, put off three times."""

from datetime import timedelta

import pytest

from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.authentication.world import PASSWORD, later, mailed_code, person
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of

pytestmark = pytest.mark.django_db
HERE = "/account/confirm"


def _old() -> Person:
    return person(verified_at=clock.now() - timedelta(days=200))


def _signed_in_to(someone: Person, following: str = "") -> str:
    here = Browser("en")
    here.submit(f"/login{following}", username=someone.username, password=PASSWORD)
    return str(here.submit(f"/login/code{following}", code=mailed_code(someone))["Location"])


def test_a_sign_in_leads_to_the_question_and_then_onward() -> None:
    someone = _old()
    assert _signed_in_to(someone, "?next=/account/security") == (
        "/account/confirm?next=%2Faccount%2Fsecurity"
    )
    here = entered(someone)
    page = here.get(f"{HERE}?next=/account/security")
    assert "All of this is still right" in text_of(page)
    answer = here.submit(f"{HERE}?next=/account/security")
    assert (answer.status_code, answer["Location"]) == (303, "/account/security")
    assert Person.objects.get(pk=someone.pk).profile_confirmed_at is not None


def test_whoever_confirmed_lately_is_not_asked() -> None:
    assert _signed_in_to(person()) == "/"


def test_later_is_offered_three_times_and_then_no_more() -> None:
    someone = _old()
    for _ in range(3):
        here = entered(someone)
        assert "Ask me later" in text_of(here.get(HERE))
        assert here.submit(f"{HERE}/later", page=HERE)["Location"] == "/"
        Person.objects.filter(pk=someone.pk).update(profile_later_until=clock.now())
    here = entered(someone)
    assert "Ask me later" not in text_of(here.get(HERE))
    assert here.submit(f"{HERE}/later", page=HERE).status_code == 409


def test_put_off_it_is_not_asked_for_a_week() -> None:
    someone = _old()
    entered(someone).submit(f"{HERE}/later", page=HERE)
    assert _signed_in_to(someone) == "/"
    with later(days=8):
        assert _signed_in_to(someone).startswith(HERE)


def test_it_leads_to_no_other_site() -> None:
    """Attack: an open redirect behind a page that everybody trusts."""
    here = entered(_old())
    assert here.submit(f"{HERE}?next=//evil.example/x")["Location"] == "/"


def test_nobody_confirms_signed_out() -> None:
    assert Browser().get(HERE)["Location"].startswith("/login")
