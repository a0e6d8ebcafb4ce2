"""Two at once at one letter: one decision, nobody named twice, no grant on an ended letter."""

from functools import partial
from typing import Any

import pytest

from gapura.access import services
from gapura.access.errors import BadOfficer
from gapura.access.models import Appointment, Grant, Import
from gapura.kernel.actor import system_actor
from gapura.kernel.problems import Overtaken, Problem
from gapura.organizations.models import AppointmentLetter
from tests.access import world
from tests.access.registered import csv_of, enter, granted, name, nik_of
from tests.access.test_races import at_once, world_of_threads

__all__ = ["world_of_threads"]
ROUNDS = 12
REASON = "Daftar nama tidak sesuai dengan surat."
SYSTEM = system_actor("import")


@pytest.mark.usefixtures("world_of_threads")
def test_two_checkers_at_once_make_one_decision() -> None:
    keeper = world.holder("keeper", "admin_instansi", "T1")
    one, two = (world.actor(world.verifier()) for _ in range(2))
    for number in range(ROUNDS):
        letter = enter(keeper, number=f"821/{number}")
        officer = world.person("race" + "abcdefghijklmnop"[number])
        name(keeper, letter, officer)
        results = at_once(
            partial(services.check_letter, actor=one, letter_id=letter),
            partial(services.refuse_letter, actor=two, letter_id=letter, reason=REASON),
        )
        assert sum(isinstance(result, Overtaken) for result in results) == 1, results
        state = AppointmentLetter.objects.get(pk=letter).state
        assert Grant.objects.filter(letter=letter).exists() == (state == "checked")


@pytest.mark.usefixtures("world_of_threads")
def test_pressing_twice_names_once() -> None:
    keeper = world.holder("keeper", "admin_instansi", "T1")
    letter = enter(keeper)
    for number in range(ROUNDS):
        results = at_once(*[partial(name, keeper, letter, nik_of(number))] * 2)
        assert sum(isinstance(result, BadOfficer) for result in results) == 1, results
    assert Appointment.objects.count() == ROUNDS


@pytest.mark.usefixtures("world_of_threads")
def test_naming_while_a_letter_is_checked_gives_no_unseen_officer() -> None:
    """Whoever is named after the check gets nothing by it."""
    keeper, checker = world.holder("keeper", "admin_instansi", "T1"), world.verifier()
    for number in range(ROUNDS):
        letter = enter(keeper, number=f"821/{number}")
        name(keeper, letter, nik_of(1000 + number))
        late = world.person("late" + "abcdefghijklmnop"[number])
        results = at_once(
            partial(services.check_letter, actor=world.actor(checker), letter_id=letter),
            partial(name, keeper, letter, late),
        )
        assert results[0] is None, results
        refused = isinstance(results[1], Problem)
        assert Grant.objects.filter(letter=letter, person=late).exists() != refused


@pytest.mark.usefixtures("world_of_threads")
def test_a_letter_that_ends_while_grants_are_made_leaves_none() -> None:
    keeper, checker = world.holder("keeper", "admin_instansi", "T1"), world.verifier()
    ender = world.actor(world.verifier())
    system = system_actor("letters")
    for number in range(ROUNDS):
        letter = enter(keeper, number=f"821/{number}")
        officer = world.person("end" + "abcdefghijklmnop"[number])
        appointment = name(keeper, letter, officer)
        services.check_letter(actor=world.actor(checker), letter_id=letter)
        grant = granted(appointment).id
        acts: list[Any] = [
            partial(services.end_letter, actor=ender, letter_id=letter, reason=REASON),
            partial(services.grant_waiting, actor=system, person_id=officer.id),
            partial(services.activate_grant, actor=world.actor(officer), grant_id=grant),
        ]
        at_once(*acts)
        live = Grant.objects.filter(letter=letter).exclude(state="revoked")
        assert not live.exists()


@pytest.mark.usefixtures("world_of_threads")
def test_two_workers_at_one_file_name_each_once() -> None:
    keeper = world.holder("keeper", "admin_instansi", "T1")
    actor = world.actor(keeper)
    letter = enter(keeper)
    lines = [f"{nik_of(n)},Budi Santoso,ppk,T1.1" for n in range(40)]
    run = services.begin_import(actor=actor, letter_id=letter, name="a.csv", content=csv_of(*lines))
    at_once(*[partial(services.judge_import, actor=SYSTEM, import_id=run)] * 2)
    row = Import.objects.get(pk=run)
    assert (row.state, row.done, row.faulty) == ("judged", 40, 0)
    at_once(*[partial(services.start_import, actor=actor, import_id=run)] * 2)
    at_once(*[partial(services.run_import, actor=SYSTEM, import_id=run)] * 2)
    assert Appointment.objects.count() == 40
    assert Import.objects.get(pk=run).faulty == 0
