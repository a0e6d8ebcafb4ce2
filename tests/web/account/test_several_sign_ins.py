"""BSSN 4/2021 Pasal 27, FK-11 and FK-14: a second sign-in of one account has a stated rule."""

import pytest
from django.utils.translation import gettext, override

from gapura.authentication.queries import sign_in_rules
from tests.authentication.world import PASSWORD, later, mailed_code, person
from tests.web.account.entering import entered
from tests.web.browser import Browser, text_of

pytestmark = pytest.mark.django_db


RULE = (
    "You may be signed in on %(most)s devices at once. With one more, the one you have not used "
    "for longest is signed out. Whenever you sign in while another sign-in is open, you are told. "
    "A sign-in ends after %(minutes)s minutes without use, and after %(hours)s hours in any case."
)


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_rule_for_a_second_sign_in_is_stated(language: str) -> None:
    """With the figures that are in force for this person, in the person's language."""
    here = entered(person(), language=language)
    life = sign_in_rules("session", "other")
    figures = {
        "most": sign_in_rules("sessions_at_once", "other")["most"],
        "minutes": life["idle_minutes"],
        "hours": life["absolute_hours"],
    }
    with override(language):
        rule = gettext(RULE) % figures
    assert rule in text_of(here.get("/account/security"))


def test_whoever_signs_in_beside_another_sign_in_is_told_on_the_next_page() -> None:
    someone = person()
    Browser().sign_in(someone)
    with later(seconds=60):
        here = Browser(ip="198.51.100.4")
        here.submit("/login", username=someone.username, password=PASSWORD)
        here.submit("/login/code", code=mailed_code(someone))
        page = text_of(here.get("/"))
    assert "You are also signed in on 1 other device." in page
