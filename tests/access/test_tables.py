"""The room's tables: machines, roles, reasons and rules fit together."""

import pytest

from gapura.access import events
from gapura.access.permissions import Can
from gapura.access.queries import (
    CORRECTABLE,
    GRANT,
    MOMENTS,
    REQUEST,
    REQUESTABLE,
    ROLES,
    Level,
    Scope,
)
from gapura.audit.events import Event
from gapura.kernel.permissions import all_rules
from gapura.kernel.states import Machine


@pytest.mark.parametrize("machine", [REQUEST, GRANT])
def test_the_state_tables_are_sound(machine: Machine) -> None:
    assert machine.problems() == []


def test_every_permission_has_a_rule() -> None:
    assert {*Can} <= set(all_rules())


def test_every_step_names_an_event_of_this_room() -> None:
    names = {event.name for event in vars(events).values() if isinstance(event, Event)}
    assert {step.event for step in (*REQUEST.steps, *GRANT.steps)} <= names


def test_the_role_codes_are_the_permanent_ones() -> None:
    assert " ".join(ROLES) == (
        "pa kpa ppk pp pokja ppspm bendahara apip verifikator kepala_unit admin_instansi kurator "
        "helpdesk admin_platform admin_perusahaan staf_perusahaan"
    )


def test_a_verifier_is_approved_one_level_up_and_an_officer_in_the_agency() -> None:
    assert ROLES["ppk"].level is Level.AGENCY
    assert ROLES["verifikator"].level is Level.PLATFORM
    assert ROLES["admin_platform"].level is Level.PLATFORM


def test_whoever_decides_on_people_signs_in_strongly() -> None:
    assert all(ROLES[code].least_acr >= 2 for code in ("verifikator", "admin_platform"))


def test_a_citizen_can_request_no_public_office() -> None:
    assert not any("citizen" in role.kinds for role in REQUESTABLE)


def test_company_roles_are_not_requested_here() -> None:
    assert all(role.scope is not Scope.COMPANY for role in REQUESTABLE)


def test_every_line_of_the_timeline_has_a_text() -> None:
    ends = {"approved", "rejected", "withdrawn"}
    assert ends <= set(MOMENTS)
    assert "place" in CORRECTABLE
