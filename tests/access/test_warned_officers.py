"""Roles that the law only warns of: told in the dry run and before the check, and recorded."""

from uuid import UUID

import pytest

from gapura.access.models import ImportLine
from gapura.access.queries import warned_lines, warned_officers
from gapura.access.services import begin_import, judge_import
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel.actor import system_actor
from tests.access import world
from tests.access.registered import check, csv_of, enter, granted, name

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of agency T1."""
    return world.holder("keeper", "admin_instansi", "T1")


@pytest.fixture
def officer(places: None) -> Person:
    """PPK at unit T1.1; being PP besides is warned of, for each package."""
    found = world.holder("officer", "ppk", "T1", "T1.1")
    Person.objects.filter(pk=found.pk).update(name="Budi Santoso")
    found.refresh_from_db()
    return found


def recorded(grant: UUID) -> object:
    event = LogEvent.objects.get(name="access.appointment.granted", facts__contains=str(grant))
    return event.facts


def test_the_checker_is_told_and_the_log_keeps_it(
    keeper: Person, verifier: Person, officer: Person
) -> None:
    letter = enter(keeper)
    line = name(keeper, letter, officer, role="pp")
    other = name(keeper, letter, world.person("other"), role="pp", unit="T1.2")
    (found,) = warned_officers([line, other])
    assert (found.name, found.role, found.other) == ("Budi Santoso", "pp", "ppk")
    assert "6(3)" in found.basis
    check(verifier, letter)
    assert "ppk_pp" in str(recorded(granted(line).id))
    assert "conflicts" not in str(recorded(granted(other).id))
    assert warned_officers([line, other]) == ()


def test_the_dry_run_tells_of_sound_lines_what_is_warned_of(
    keeper: Person, officer: Person
) -> None:
    actor = world.actor(keeper)
    content = csv_of(
        f"{officer.nik},Budi Santoso,pp,T1.1",
        f"{world.person('x').nik},Orang Lain,pp,T1.2",
    )
    run = begin_import(actor=actor, letter_id=enter(keeper), name="a.csv", content=content)
    judge_import(actor=system_actor("import"), import_id=run)
    (line,) = warned_lines(actor, run)
    assert (line.number, line.name) == (2, "Budi Santoso")
    assert "6(3)" in line.bases[0]
    assert not ImportLine.objects.filter(run=run).exclude(problems={}).exists()


def test_who_only_guesses_the_name_is_told_nothing(keeper: Person, officer: Person) -> None:
    actor = world.actor(keeper)
    content = csv_of(f"{officer.nik},Budi Agus Santoso,pp,T1.1")
    run = begin_import(actor=actor, letter_id=enter(keeper), name="a.csv", content=content)
    judge_import(actor=system_actor("import"), import_id=run)
    assert warned_lines(actor, run) == ()


def test_two_lines_of_one_file_warn_of_each_other(keeper: Person) -> None:
    actor, nik = world.actor(keeper), world.person("x").nik
    content = csv_of(f"{nik},Budi Santoso,ppk,T1.1", f"{nik},Budi Santoso,pp,T1.1")
    run = begin_import(actor=actor, letter_id=enter(keeper), name="a.csv", content=content)
    judge_import(actor=system_actor("import"), import_id=run)
    assert [line.number for line in warned_lines(actor, run)] == [3]
