"""Whether a letter and an account mean one person; who only guesses learns nothing."""

from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.errors import BadOfficer
from gapura.access.models import ImportLine
from gapura.access.rules.officers import is_exact_name, is_same_name
from gapura.accounts.models import Person
from gapura.kernel.throttle import Limit, TooMany
from tests.access import world
from tests.access.registered import csv_of, enter, name
from tests.access.test_imports import judged

MANY = "Agus Budi Dewi Eko Fitri Hendra Indra Joko Kartika Lestari Putri Rina Santoso Siti Wati"


@pytest.mark.parametrize(
    ("named", "known", "same", "exact"),
    [
        ("Budi Santoso", "BUDI SANTOSO, S.E.", True, True),
        ("Dr. Siti Aminah", "Siti Aminah", True, True),
        ("Suharto", "Suharto", True, True),
        ("Budi Santoso", "Budi Agus Santoso", True, False),
        ("Budi Agus Tri Santoso", "Budi Santoso", True, False),
        ("Budi", "Budi Santoso", False, False),
        (MANY, "Budi Santoso", False, False),
        ("Budi Santoso", MANY, False, False),
        ("Budi Wati", "Budi Santoso", False, False),
        ("Dr.", "Drs.", False, False),
    ],
)
def test_two_names_are_one_persons(named: str, known: str, same: bool, exact: bool) -> None:
    assert (is_same_name(named, known), is_exact_name(named, known)) == (same, exact)


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of agency T1."""
    return world.holder("keeper", "admin_instansi", "T1")


@pytest.fixture
def letter(keeper: Person) -> UUID:
    """A letter that names nobody yet."""
    return enter(keeper)


@pytest.fixture
def stranger(places: None) -> Person:
    """Has an account, and could hold no office."""
    found = world.person("warga", kind="citizen")
    Person.objects.filter(pk=found.pk).update(name="Budi Santoso")
    return found


@pytest.mark.parametrize("guess", [MANY, "Budi", "Santoso", "Budi Agus Santoso", "Orang Lain"])
def test_a_crafted_name_is_answered_as_if_there_were_no_account(
    guess: str, keeper: Person, letter: UUID, stranger: Person
) -> None:
    """Enumeration: the dry run must not tell who has an account, nor the form."""
    run = judged(keeper, letter, csv_of(f"{stranger.nik},{guess},ppk,T1.1"))
    assert not ImportLine.objects.filter(run=run).exclude(problems={}).exists()
    services.drop_import(actor=world.actor(keeper), import_id=run.id)
    name(keeper, letter, stranger.nik, name=guess)


def test_who_knows_number_and_name_is_told_what_stands_in_the_way(
    keeper: Person, letter: UUID, stranger: Person
) -> None:
    with pytest.raises(BadOfficer) as caught:
        name(keeper, letter, stranger.nik, name="Budi Santoso, S.H.")
    assert set(caught.value.fields) == {"role"}


def test_trying_one_by_one_is_counted(
    keeper: Person, letter: UUID, stranger: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit("access.name_officer", 2, 3600)
    monkeypatch.setattr("gapura.access.services.appointments._TRIES", few)
    for _try in range(2):
        with pytest.raises(BadOfficer):
            name(keeper, letter, stranger.nik, name="Budi Santoso")
    with pytest.raises(TooMany):
        name(keeper, letter, stranger.nik, name="Budi Santoso")
