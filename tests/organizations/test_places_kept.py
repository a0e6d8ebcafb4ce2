"""Units and agencies kept true: confirmed yearly, renamed, moved, merged and closed on a day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from gapura.access.queries import active_grants
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations import errors, place_errors, queries, services
from gapura.organizations.models import Agency, PlaceName, Unit, UnitConfirmation
from gapura.organizations.services import Decreed, UnitTruth
from tests.access import world

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")
NOON = datetime.fromisoformat("2026-06-15T12:00:00+07:00")
TODAY = date(2026, 6, 15)
TRUTH = UnitTruth("Jalan Merdeka 10, Kota", "", "Ibu Ratna", "Kepala Dinas")


@pytest.fixture(autouse=True)
def _world(db: None) -> Iterator[None]:
    with clock.frozen(NOON):
        world.places()
        Unit.objects.create(code="T1.1.1", agency_id="T1", name="Part", parent_id="T1.1")
        for row in Unit.objects.all():
            path = f"{row.parent_id}/{row.code}/" if row.parent_id else f"{row.code}/"
            Unit.objects.filter(pk=row.code).update(path=path, zone=clock.JAKARTA)
        yield


def admin(agency: str = "T1", unit: str = "") -> Actor:
    """An agency's administrator, signed in with an app."""
    grant = ActiveGrant(uuid7(), "admin_instansi", agency=agency, unit=unit)
    return Actor(
        person=uuid7(), username="ratna", state="verified", grant=grant, grants=(grant,), acr=2
    )


def decreed(days: int = 0) -> Decreed:
    """From so many days on."""
    return Decreed(TODAY + timedelta(days=days), "Perbup 12/2026", "Reorganized by the regent.")


def on_day(days: int, change: services.PlaceChange) -> services.PlaceChange:
    """What the nightly run does so many days on."""
    with clock.frozen(NOON + timedelta(days=days)):
        return services.apply_change(actor=SYSTEM, change=change.id)


def problem_of(error: pytest.ExceptionInfo[FieldProblems], field: str) -> type:
    return type(error.value.fields[field])


def test_confirming_keeps_what_was_mended_and_is_due_again_in_a_year() -> None:
    assert queries.units_to_keep(admin()).counts["never"] == 4
    changed = services.confirm_unit(actor=admin(), code="T1.1", truth=TRUTH)
    assert changed == ["address", "head_name", "head_position"]
    page = queries.unit_page(admin(), "T1.1")
    assert (page.line.due, page.line.standing) == (date(2027, 6, 15), "fresh")
    assert [each.changed for each in page.confirmations] == [tuple(changed)]
    with clock.frozen(NOON + timedelta(days=340)):
        assert queries.unit_page(admin(), "T1.1").line.standing == "soon"
    with clock.frozen(NOON + timedelta(days=366)):
        assert queries.units_to_keep(admin()).lines[0].code == "T1.1"
        assert queries.units_to_keep(admin()).lines[0].standing == "overdue"
        services.confirm_unit(actor=admin(), code="T1.1", truth=TRUTH)
        assert queries.unit_page(admin(), "T1.1").line.standing == "fresh"
    assert UnitConfirmation.objects.count() == 2


def test_the_log_tells_which_fields_changed_but_not_the_tax_number() -> None:
    truth = UnitTruth(TRUTH.address, "00.123.456.7-490.1000", "Ibu Ratna", "Kepala")
    services.confirm_unit(actor=admin(), code="T1.1", truth=truth)
    entry = LogEvent.objects.get(name="organizations.unit.confirmed")
    assert world.NPWP not in str(entry.facts)
    assert "npwp" in entry.facts["changed"]
    assert queries.unit_page(admin(), "T1.1").npwp == "0012••••••••••00"


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("address", "Jl", errors.AddressMissing),
        ("npwp", "0012345678901234", place_errors.TaxNumberWrong),
        ("npwp", "123", place_errors.TaxNumberWrong),
        ("head_name", "\u202eoprah", place_errors.HeadMissing),
        ("head_position", "", place_errors.HeadMissing),
    ],
)
def test_a_confirmation_with_a_wrong_field_keeps_nothing(
    field: str, value: str, problem: type[Problem]
) -> None:
    values = {name: getattr(TRUTH, name) for name in TRUTH.__slots__} | {field: value}
    with pytest.raises(FieldProblems) as error:
        services.confirm_unit(actor=admin(), code="T1.1", truth=UnitTruth(**values))
    assert problem_of(error, field) is problem
    assert not UnitConfirmation.objects.exists()


def test_the_administrator_of_a_part_confirms_below_it_only() -> None:
    services.confirm_unit(actor=admin(unit="T1.1"), code="T1.1.1", truth=TRUTH)
    for code in ("T1.2", "T2.1"):
        with pytest.raises(Refused):
            services.confirm_unit(actor=admin(unit="T1.1"), code=code, truth=TRUTH)
        with pytest.raises(errors.NoSuchUnit):
            queries.unit_page(admin(unit="T1.1"), code)
    codes = {line.code for line in queries.units_to_keep(admin(unit="T1.1")).lines}
    assert codes == {"T1.1", "T1.1.1"}


def test_the_administrator_of_a_part_does_not_rearrange_the_agency() -> None:
    with pytest.raises(Refused):
        services.rename_unit(
            actor=admin(unit="T1.1"), code="T1.1.1", name="Mine", decreed=decreed()
        )


def test_a_new_name_counts_from_its_day_and_old_papers_keep_the_old_one() -> None:
    change = services.rename_unit(
        actor=admin(), code="T1.1", name="Dinas Kesehatan Baru", decreed=decreed(10)
    )
    with pytest.raises(errors.NoSuchChange):
        services.apply_change(actor=SYSTEM, change=change.id)
    on_day(10, change)
    assert queries.unit("T1.1").name == "Dinas Kesehatan Baru"
    day = TODAY + timedelta(days=10)
    assert queries.name_on(day, agency="T1", unit="T1.1") == "Dinas Kesehatan Baru"
    assert queries.name_on(day - timedelta(days=1), agency="T1", unit="T1.1") == "Unit 1"


def test_three_names_in_a_row_are_each_found_on_their_days() -> None:
    for number, days in ((2, 10), (3, 20)):
        with clock.frozen(NOON + timedelta(days=days)):
            day = Decreed(TODAY + timedelta(days=days), "Perpres 1/2026", "Renamed once more.")
            change = services.rename_agency(
                actor=SYSTEM, code="T1", name=f"Ministry {number}", decreed=day
            )
            services.apply_change(actor=SYSTEM, change=change.id)
    named = [queries.name_on(TODAY + timedelta(days=d), agency="T1") for d in (0, 9, 10, 19, 20)]
    assert named == ["Agency T1", "Agency T1", "Ministry 2", "Ministry 2", "Ministry 3"]


def test_one_renaming_waits_at_a_time_and_may_be_canceled_for_another() -> None:
    change = services.rename_unit(actor=admin(), code="T1.1", name="First", decreed=decreed(5))
    with pytest.raises(place_errors.ChangeWaits):
        services.rename_unit(actor=admin(), code="T1.1", name="Second", decreed=decreed(9))
    services.cancel_change(actor=admin(), change=change.id, reason="Entered by mistake.")
    services.rename_unit(actor=admin(), code="T1.1", name="Second", decreed=decreed(9))
    with pytest.raises(errors.NoSuchChange):
        services.cancel_change(actor=admin(), change=change.id, reason="Entered by mistake.")
    assert not PlaceName.objects.exists()


@pytest.mark.parametrize(
    ("days", "deed", "reason", "field"),
    [
        (-1, "Perbup 1", "A long enough reason.", "from_day"),
        (800, "Perbup 1", "A long enough reason.", "from_day"),
        (0, "-", "A long enough reason.", "deed"),
        (0, "Perbup 1", "short", "reason"),
    ],
)
def test_a_change_names_its_day_its_deed_and_its_reason(
    days: int, deed: str, reason: str, field: str
) -> None:
    with pytest.raises(FieldProblems) as error:
        order = Decreed(TODAY + timedelta(days=days), deed, reason)
        services.rename_unit(actor=admin(), code="T1.1", name="New name", decreed=order)
    assert list(error.value.fields) == [field]


def test_a_unit_cannot_lie_below_its_own_part() -> None:
    with pytest.raises(FieldProblems) as error:
        services.move_unit(actor=admin(), code="T1.1", parent="T1.1.1", decreed=decreed())
    assert problem_of(error, "parent") is place_errors.WouldLoop


def test_two_moves_that_together_make_a_loop_leave_the_tree_sound() -> None:
    one = services.move_unit(actor=admin(), code="T1.1", parent="T1.2", decreed=decreed(3))
    two = services.move_unit(actor=admin(), code="T1.2", parent="T1.1", decreed=decreed(3))
    on_day(3, one)
    assert on_day(3, two).canceled_at is not None
    paths = dict(Unit.objects.filter(agency="T1").values_list("code", "path"))
    assert paths["T1.1.1"] == "T1.2/T1.1/T1.1.1/"
    assert paths["T1.2"] == "T1.2/"
    assert LogEvent.objects.filter(name="organizations.change.canceled").count() == 1


def test_a_unit_of_another_agency_takes_nothing_over() -> None:
    with pytest.raises(FieldProblems) as error:
        services.merge_unit(
            actor=admin(), code="T1.1", successor="T2.1", grants="stay", decreed=decreed()
        )
    assert problem_of(error, "successor") is place_errors.SuccessorUnfit


def test_a_tree_deeper_than_its_column_is_refused_not_broken() -> None:
    long = "T1.3/" + "X" * 390 + "/"
    Unit.objects.filter(pk="T1.3").update(path=long)
    with pytest.raises(FieldProblems) as error:
        services.move_unit(actor=admin(), code="T1.1", parent="T1.3", decreed=decreed())
    assert problem_of(error, "parent") is place_errors.TreeTooDeep


@pytest.mark.parametrize("grants", ["stay", "end"])
def test_roles_at_a_merged_unit_go_on_under_its_successor_or_end_on_the_day(grants: str) -> None:
    officer = world.holder("officer", "ppk", "T1", "T1.1")
    change = services.merge_unit(
        actor=admin(), code="T1.1", successor="T1.2", grants=grants, decreed=decreed(3)
    )
    assert active_grants(officer.id, clock.now())
    # By its dates alone, before any nightly run came by.
    after = bool(active_grants(officer.id, NOON + timedelta(days=3)))
    assert after is (grants == "stay")
    on_day(3, change)
    row = Unit.objects.get(pk="T1.1")
    assert (row.path, row.merged_into_id) == ("T1.2/T1.1/", "T1.2")
    assert Unit.objects.get(pk="T1.1.1").path == "T1.2/T1.1.1/"


def test_closing_the_successor_ends_what_had_gone_on_in_it() -> None:
    officer = world.holder("officer", "ppk", "T1", "T1.1")
    change = services.merge_unit(
        actor=admin(), code="T1.1", successor="T1.3", grants="stay", decreed=decreed()
    )
    services.apply_change(actor=SYSTEM, change=change.id)
    with pytest.raises(place_errors.PartsOpen):
        services.close_unit(actor=admin(), code="T1.3", closed_on=TODAY, reason="No longer needed.")
    part = services.move_unit(actor=admin(), code="T1.1.1", parent="T1.2", decreed=decreed())
    services.apply_change(actor=SYSTEM, change=part.id)
    end = TODAY + timedelta(days=30)
    services.close_unit(actor=admin(), code="T1.3", closed_on=end, reason="No longer needed.")
    assert active_grants(officer.id, NOON + timedelta(days=29))
    assert not active_grants(officer.id, NOON + timedelta(days=30))


def test_a_canceled_closing_lets_all_that_would_have_ended_go_on() -> None:
    officer = world.holder("officer", "ppk", "T1", "T1.2")
    end = TODAY + timedelta(days=3)
    change = services.close_unit(
        actor=admin(), code="T1.2", closed_on=end, reason="No longer needed."
    )
    services.cancel_change(actor=admin(), change=change.id, reason="It is needed after all.")
    assert active_grants(officer.id, NOON + timedelta(days=4))
    assert Unit.objects.get(pk="T1.2").closed_on is None


def test_an_ending_whose_day_has_come_is_not_taken_back() -> None:
    """Else whoever was cut off could be let in again behind the backs of those who were told."""
    change = services.close_unit(
        actor=admin(), code="T1.2", closed_on=TODAY, reason="No longer needed."
    )
    with pytest.raises(errors.NoSuchChange):
        services.cancel_change(actor=admin(), change=change.id, reason="It is needed after all.")


def test_a_unit_that_awaits_another_is_neither_closed_nor_merged_away() -> None:
    services.merge_unit(
        actor=admin(), code="T1.1", successor="T1.2", grants="stay", decreed=decreed(9)
    )
    with pytest.raises(place_errors.AwaitsUnits):
        services.close_unit(actor=admin(), code="T1.2", closed_on=TODAY, reason="No longer needed.")
    with pytest.raises(place_errors.AwaitsUnits):
        services.merge_unit(
            actor=admin(), code="T1.2", successor="T1.3", grants="end", decreed=decreed()
        )


def test_a_closed_agency_names_who_took_over_its_work() -> None:
    services.close_agency(
        actor=SYSTEM, code="T1", closed_on=TODAY, reason="Merged by Perpres.", successor="T2"
    )
    assert Agency.objects.get(pk="T1").successor_id == "T2"
    with pytest.raises(errors.ClosedBefore):
        services.close_agency(actor=SYSTEM, code="T1", closed_on=TODAY, reason="Merged by Perpres.")


def test_no_person_applies_a_change_or_notes_a_reminder() -> None:
    change = services.rename_unit(actor=admin(), code="T1.1", name="Early", decreed=decreed())
    with pytest.raises(Refused):
        services.apply_change(actor=admin(), change=change.id)
    with pytest.raises(Refused):
        services.note_reminded(actor=admin(), agency="T1")


def test_what_the_platform_decided_of_an_agency_only_the_platform_takes_back() -> None:
    change = services.rename_agency(
        actor=SYSTEM, code="T1", name="Ministry of Two", decreed=decreed(5)
    )
    with pytest.raises(errors.NoSuchChange):
        services.cancel_change(actor=admin(), change=change.id, reason="We like the old one.")
    with pytest.raises(errors.NoSuchChange):
        queries.change_for(admin(), change.id)
    services.cancel_change(actor=SYSTEM, change=change.id, reason="The decree was withdrawn.")


def test_a_merger_into_what_moved_below_the_unit_meanwhile_does_not_happen() -> None:
    merger = services.merge_unit(
        actor=admin(), code="T1.1", successor="T1.2", grants="end", decreed=decreed(3)
    )
    move = services.move_unit(actor=admin(), code="T1.2", parent="T1.1.1", decreed=decreed())
    services.apply_change(actor=SYSTEM, change=move.id)
    assert on_day(3, merger).canceled_at is not None
    row = Unit.objects.get(pk="T1.1")
    assert (row.path, row.closed_on, row.ends_on, row.merged_into) == ("T1.1/", None, None, None)
    assert Unit.objects.get(pk="T1.2").path == "T1.1/T1.1.1/T1.2/"
