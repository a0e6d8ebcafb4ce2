"""Which letters somebody reads and ends: those of their part, and no role that they do not give."""

from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.models import Grant
from gapura.access.queries import OfficerFilters, officers_of, resting_on
from gapura.accounts.models import Person
from gapura.kernel.permissions import Refused
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.models import Unit
from gapura.organizations.permissions import Can
from gapura.organizations.queries import LetterFilters, register_letter_for, register_letters
from tests.access import world
from tests.access.registered import check, enter, granted, name

pytestmark = pytest.mark.usefixtures("places")
WHY = "The decree was annulled by the court."


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of agency T1, where units have paths as in life."""
    for code in ("T1.1", "T1.2", "T1.3"):
        Unit.objects.filter(pk=code).update(path=f"{code}/")
    return world.holder("keeper", "admin_instansi", "T1")


def sees(person: Person, letter: UUID) -> bool:
    try:
        register_letter_for(world.actor(person), letter)
    except NoSuchLetter:
        return False
    return True


def test_the_head_of_a_unit_reads_letters_of_that_unit_only(keeper: Person) -> None:
    """Broken access control: the whole register with everybody it names."""
    head = world.holder("head", "kepala_unit", "T1", "T1.1")
    here = enter(keeper, unit="T1.1", number="1")
    elsewhere = enter(keeper, unit="T1.2", number="2")
    everywhere = enter(keeper, number="3")
    assert [sees(head, letter) for letter in (here, elsewhere, everywhere)] == [True, False, False]
    for letter in (elsewhere, everywhere):
        with pytest.raises(NoSuchLetter):
            officers_of(world.actor(head), letter, OfficerFilters())
        with pytest.raises(NoSuchLetter):
            resting_on(world.actor(head), letter)
    listed = register_letters(world.actor(head), LetterFilters(state="entered")).rows
    assert [row.id for row in listed] == [here]


def test_the_auditor_and_the_administrator_read_the_whole_register(keeper: Person) -> None:
    auditor = world.holder("auditor", "apip", "T1")
    letters = [enter(keeper, unit="T1.1", number="1"), enter(keeper, number="2")]
    assert all(sees(one, letter) for one in (auditor, keeper) for letter in letters)


def test_a_list_of_officers_holds_no_address(keeper: Person) -> None:
    letter = enter(keeper)
    name(keeper, letter, world.person("officer"), email="officer@example.go.id")
    (row,) = officers_of(world.actor(keeper), letter, OfficerFilters()).rows
    assert "example.go.id" not in repr(row)


def test_a_letter_of_verifiers_is_ended_by_the_platform(
    keeper: Person, verifier: Person, colleague: Person, admin: Person
) -> None:
    """Sabotage: one verifier who ends the letter of all the others decides alone from then on."""
    letter = enter(keeper, roles=("verifikator",))
    line = name(keeper, letter, world.person("third"), role="verifikator", unit="")
    check(admin, letter)
    for one in (verifier, colleague):
        with pytest.raises(Refused) as caught:
            services.end_letter(actor=world.actor(one), letter_id=letter, reason=WHY)
        missing = {clause.name for clause in caught.value.verdict.missing}
        assert (caught.value.verdict.permission, missing) == (
            Can.REVOKE_LETTER,
            {"is_ended_at_the_agency"},
        )
    assert granted(line).state == "approved"
    assert services.end_letter(actor=world.actor(admin), letter_id=letter, reason=WHY) == 1


def test_an_own_copy_that_gave_a_role_of_the_platform_too(verifier: Person, admin: Person) -> None:
    letter = world.letter_of(world.active(world.person("officer"), verifier))
    Grant.objects.filter(letter=letter).update(role="verifikator", unit=None)
    with pytest.raises(Refused):
        services.end_letter(actor=world.actor(verifier), letter_id=letter.id, reason=WHY)
    services.end_letter(actor=world.actor(admin), letter_id=letter.id, reason=WHY)


def test_other_letters_are_ended_at_the_agency(
    keeper: Person, verifier: Person, colleague: Person
) -> None:
    letter = enter(keeper)
    name(keeper, letter, world.person("officer"))
    check(verifier, letter)
    assert services.end_letter(actor=world.actor(colleague), letter_id=letter, reason=WHY) == 1
