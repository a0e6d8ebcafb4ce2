"""What is held of oneself, as a page shows it: in words, the newest rows, numbers shortened."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from gapura.helpdesk.services import open_case
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.privacy.errors import NoSuchHolding
from gapura.privacy.purposes import KINDS
from gapura.privacy.queries import held, kinds_held
from tests.access import world
from tests.privacy.asking import asker, fresh

pytestmark = pytest.mark.django_db
ZONE = "Asia/Makassar"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    world.places()
    with translation.override("en"):
        yield


def test_every_class_of_data_stands_under_one_kind() -> None:
    kinds = kinds_held(fresh(asker()))
    names = [one.name for kind in kinds for one in kind.holdings]
    assert [kind.code for kind in kinds] == list(KINDS)
    assert len(names) == len(set(names)) > 60


def test_moments_are_told_in_the_zone_of_the_reader() -> None:
    person = asker()
    profile = {one.name: one for one in held(fresh(person), "identity", ZONE).holdings}
    values = dict(profile["accounts.person"].rows[0])
    assert values["Created at"].endswith("WITA")


def test_a_number_typed_into_a_text_loses_its_middle_on_the_screen() -> None:
    """Attack: a look over the shoulder at what somebody once wrote to the helpdesk."""
    person, nik = asker(), "3171010101900001"
    text = f"My NIK is {nik}, please help me."
    open_case(actor=fresh(person), name=person.name, email=person.email, topic="other", text=text)
    cases = {one.name: one for one in held(fresh(person), "messages", ZONE).holdings}
    told = dict(cases["helpdesk.case"].rows[0])["Text"]
    assert nik not in told
    assert told.startswith("My NIK is 3171•")


def test_more_rows_than_a_page_shows_are_counted() -> None:
    person = asker()
    for number in range(7):
        open_case(
            actor=fresh(person),
            name=person.name,
            email=f"sari{number}@example.id",
            topic="other",
            text=f"Question number {number} about my order.",
        )
    cases = {one.name: one for one in held(fresh(person), "messages", ZONE).holdings}
    shown = cases["helpdesk.case"]
    assert (shown.count, len(shown.rows)) == (7, 5)
    assert "number 6" in dict(shown.rows[0])["Text"]


def test_an_unknown_kind_is_not_there_and_nobody_reads_nothing() -> None:
    with pytest.raises(NoSuchHolding):
        held(fresh(asker()), "weather", ZONE)
    with pytest.raises(Refused):
        kinds_held(Actor(language="en"))
