"""Who verifies an agency, where verifiers are missing, and who is warned of it."""

import pytest

from gapura.access.errors import NoSuchRegister
from gapura.access.models import Grant
from gapura.access.queries import open_matters, short_agencies, verifiers_for
from gapura.accounts.models import Person
from gapura.kernel.permissions import Refused
from gapura.organizations.models import Unit
from tests.access import world


def warned(person: Person) -> bool:
    return "too_few_verifiers" in {matter.state for matter in open_matters(world.actor(person))}


def test_two_verifiers_are_enough(verifier: Person, colleague: Person) -> None:
    found = verifiers_for(world.actor(verifier))
    assert (found.working, found.least, found.enough) == (2, 2, True)
    assert {row.username for row in found.rows} == {verifier.username, colleague.username}
    assert not warned(verifier)


def test_one_alone_is_warned_and_so_is_the_administrator(verifier: Person) -> None:
    administrator = world.holder("administrator", "admin_instansi", "T1")
    assert warned(verifier)
    assert warned(administrator)
    assert not warned(world.holder("officer", "ppk", "T1", "T1.1"))


def test_the_warning_goes_when_a_second_one_works(verifier: Person) -> None:
    second = world.verifier()
    assert not warned(verifier)
    Person.objects.filter(pk=second.pk).update(state="suspended")
    assert warned(verifier)


def test_a_verifier_of_a_unit_and_a_deputy_add_nobody_for_the_whole(verifier: Person) -> None:
    bounded, deputy = world.verifier(), world.verifier()
    Unit.objects.filter(pk="T1.1").update(path="T1.1/")
    Grant.objects.filter(person=bounded).update(unit="T1.1")
    Grant.objects.filter(person=deputy).update(
        standing="delegate", principal=verifier, delegable=False
    )
    found = verifiers_for(world.actor(verifier))
    assert (found.working, len(found.rows)) == (1, 3)
    assert {row.unit_name for row in found.rows} == {"", "Unit 1"}
    assert {row.principal for row in found.rows} == {"", verifier.name}
    assert warned(verifier)
    assert not warned(bounded)


def test_a_verifier_of_a_unit_sees_the_whole_and_that_unit(verifier: Person) -> None:
    for code in ("T1.1", "T1.3"):
        Unit.objects.filter(pk=code).update(path=f"{code}/")
    mine, theirs = world.verifier(), world.verifier()
    Grant.objects.filter(person=mine).update(unit="T1.1")
    Grant.objects.filter(person=theirs).update(unit="T1.3")
    seen = {row.username for row in verifiers_for(world.actor(mine)).rows}
    assert seen == {verifier.username, mine.username}


def test_what_waits_is_counted(applicant: Person, verifier: Person, admin: Person) -> None:
    world.submitted(applicant)
    assert verifiers_for(world.actor(verifier)).waiting == 1
    rows = {row.code: row for row in short_agencies(world.actor(admin)).rows}
    assert (rows["T1"].working, rows["T1"].waiting) == (1, 1)


def test_the_platform_sees_the_emptiest_first(
    verifier: Person, applicant: Person, admin: Person
) -> None:
    found = short_agencies(world.actor(admin))
    assert [row.code for row in found.rows] == ["T2", "T1"]
    assert (found.total, found.orphaned, found.least) == (2, 1, 2)
    assert [row.code for row in short_agencies(world.actor(admin), text="agency t1").rows] == ["T1"]
    assert verifiers_for(world.actor(admin), "T1").working == 1


def test_an_agency_with_two_is_not_listed(
    verifier: Person, colleague: Person, admin: Person
) -> None:
    assert [row.code for row in short_agencies(world.actor(admin)).rows] == ["T2"]


def test_others_see_neither(verifier: Person, outsider: Person) -> None:
    with pytest.raises(NoSuchRegister):
        verifiers_for(world.actor(outsider), "T1")
    with pytest.raises(Refused):
        short_agencies(world.actor(verifier))
    for role, unit in (("apip", None), ("ppk", "T1.1")):
        with pytest.raises(Refused):
            verifiers_for(world.actor(world.holder("other", role, "T1", unit)))
    with pytest.raises(Refused):
        verifiers_for(world.actor(verifier, acr=1))
