"""Who stands in is named with whom they stand in for: chosen from those who hold the role."""

from datetime import timedelta

import pytest

from gapura.access.models import Appointment
from gapura.kernel import clock
from gapura.organizations.models import AppointmentLetter
from tests.access import world
from tests.web.browser import Browser, text_of
from tests.web.letters.test_pages import answers, day, officer, where
from tests.web.people import holder, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Browser:
    """Whoever keeps the letters; one for treasurers was entered."""
    world.places()
    keeper = signed_in("admin_instansi")
    where(keeper.submit("/letters/new", **answers(roles=["bendahara"])))
    return keeper


def here() -> str:
    return f"/letters/{AppointmentLetter.objects.latest('created_at').id}/officers"


def test_the_holder_is_offered_and_named(keeper: Browser) -> None:
    treasurer = holder("bendahara", name="Sri Rahayu")
    abroad = holder("bendahara", "T2.1", agency="T2", name="Orang Lain")
    page = keeper.get(here()).content.decode()
    assert f'value="{treasurer.username}"' in page
    assert abroad.username not in page
    soon = clock.today() + timedelta(days=20)
    given = officer(role="bendahara", standing="proxy") | day("valid_until", soon)
    assert "Choose who is stood in for." in text_of(keeper.submit(here(), **given))
    foreign = keeper.submit(here(), **given, principal=abroad.username)
    assert foreign.status_code == 422
    assert where(keeper.submit(here(), **given, principal=treasurer.username)) == here()
    assert Appointment.objects.get().principal == treasurer
    assert "for Sri Rahayu" in text_of(keeper.get(here()))


def test_nobody_is_stood_in_for_by_who_is_appointed(keeper: Browser) -> None:
    treasurer = holder("bendahara")
    answer = keeper.submit(here(), **officer(role="bendahara", principal=treasurer.username))
    assert answer.status_code == 422
    assert "Say how the officer stands in" in text_of(answer)
    assert not Appointment.objects.exists()
