"""The register of decisions: whose it is, what it counts, how it leaves the house."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from gapura.access import services
from gapura.access.errors import NoSuchRegister, RegisterTooLarge
from gapura.access.models import AccessRequest, Grant
from gapura.access.queries import (
    RegisterFilters,
    completeness,
    recap,
    register_page,
)
from gapura.access.rules.workbook import Sheet, workbook
from gapura.access.services import registering
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.organizations.models import Unit
from tests.access import world


def this_month(**narrowed: Any) -> RegisterFilters:
    return RegisterFilters(clock.today(), **narrowed)


def references(person: Person, filters: RegisterFilters | None = None) -> list[str]:
    rows = register_page(world.actor(person), filters or this_month()).rows
    return [row.reference for row in rows]


@pytest.fixture
def tree(places: None) -> None:
    for code, path in (("T1.1", "T1.1/"), ("T1.2", "T1.1/T1.2/"), ("T1.3", "T1.3/")):
        Unit.objects.filter(pk=code).update(path=path)


@pytest.fixture
def three(tree: None, verifier: Person) -> dict[str, str]:
    """Decided: a PPK of T1.1 approved, one of T1.2 rejected, one of T1.3 sent back."""
    world.approved(world.person("first"), verifier)
    second = world.claimed(world.person("second"), verifier, unit="T1.2")
    services.reject_request(
        actor=world.actor(verifier),
        request_id=second,
        reason_code="not_appointed",
        reason="The letter names somebody else.",
    )
    third = world.claimed(world.person("third"), verifier, unit="T1.3")
    note = services.CorrectionNote("letter.number", "unreadable", "Page 2")
    services.ask_correction(actor=world.actor(verifier), request_id=third, notes=[note])
    rows = AccessRequest.objects.select_related("person")
    return {row.person.name: row.reference for row in rows}


def test_decided_requests_of_the_agency_the_newest_first(
    three: dict[str, str], verifier: Person
) -> None:
    assert references(verifier) == [three["Second"], three["First"]]
    page = register_page(world.actor(verifier), this_month())
    assert [row.outcome for row in page.rows] == ["rejected", "approved"]
    assert page.rows[0].decided_by == verifier.name
    assert page.rows[0].letter == "800/12/SK/2026"


def test_filters_narrow(three: dict[str, str], verifier: Person) -> None:
    assert references(verifier, this_month(outcome="approved")) == [three["First"]]
    assert references(verifier, this_month(unit="T1.2")) == [three["Second"]]
    assert references(verifier, this_month(role="bendahara")) == []
    before = clock.today().replace(day=1) - timedelta(days=1)
    assert references(verifier, RegisterFilters(before)) == []


def test_pages_follow_one_another(
    three: dict[str, str], verifier: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapura.access.queries.register.PAGE", 1)
    first = register_page(world.actor(verifier), this_month())
    second = register_page(world.actor(verifier), this_month(after=first.next))
    assert [row.reference for row in (*first.rows, *second.rows)] == references_in(three)
    assert second.next == ""


def references_in(three: dict[str, str]) -> list[str]:
    return [three["Second"], three["First"]]


@pytest.mark.parametrize("role", ["admin_instansi", "apip"])
def test_administrators_and_auditors_of_the_agency_read_it(
    three: dict[str, str], role: str
) -> None:
    assert len(references(world.holder("reader", role, "T1"))) == 2


def test_another_agency_reads_its_own_only(three: dict[str, str], outsider: Person) -> None:
    assert references(outsider) == []
    for narrowed in ({"agency": "T1"}, {"unit": "T1.1"}, {"unit": "T9.9"}, {"agency": "T9"}):
        with pytest.raises(NoSuchRegister):
            register_page(world.actor(outsider), this_month(**narrowed))


@pytest.mark.parametrize("role", ["ppk", "pa", "bendahara"])
def test_officers_read_no_register(three: dict[str, str], role: str) -> None:
    officer = world.holder("officer", role, "T1", "T1.1")
    with pytest.raises(Refused):
        register_page(world.actor(officer), this_month())


def test_a_weak_sign_in_reads_no_register(three: dict[str, str], verifier: Person) -> None:
    with pytest.raises(Refused):
        register_page(world.actor(verifier, acr=1), this_month())


def test_a_verifier_of_a_unit_reads_what_lies_below(three: dict[str, str]) -> None:
    bounded = world.verifier()
    Grant.objects.filter(person=bounded).update(unit="T1.2")
    assert references(bounded) == [three["Second"]]
    with pytest.raises(NoSuchRegister):
        register_page(world.actor(bounded), this_month(unit="T1.1"))
    found = recap(world.actor(bounded), this_month())
    assert [(line.place, line.rejected) for line in found.lines] == [("Unit 2", 1)]
    units = completeness(world.actor(bounded), this_month()).units
    assert [one.code for one in units] == ["T1.2"]


def test_the_platform_reads_any_agency_and_by_itself_what_came_one_level_up(
    three: dict[str, str], admin: Person
) -> None:
    assert references(admin) == []
    assert len(references(admin, this_month(agency="T1"))) == 2
    AccessRequest.objects.filter(reference=three["First"]).update(level="platform")
    assert references(admin) == [three["First"]]


def test_the_recap_counts_by_unit_and_role(three: dict[str, str], verifier: Person) -> None:
    AccessRequest.objects.filter(reference=three["First"]).update(
        submitted_at=clock.now() - timedelta(hours=6), escalated_at=clock.now()
    )
    found = recap(world.actor(verifier), this_month())
    counted = {
        line.place: (line.approved, line.rejected, line.sent_back, line.escalated)
        for line in found.lines
    }
    assert counted == {"Unit 1": (1, 0, 0, 1), "Unit 2": (0, 1, 0, 0), "Unit 3": (0, 0, 1, 0)}
    assert (found.total.approved, found.total.rejected, found.total.sent_back) == (1, 1, 1)
    hours = {line.place: line.hours for line in found.lines}
    assert hours["Unit 1"] == pytest.approx(6, abs=0.1)
    assert hours["Unit 3"] is None


def test_a_month_begins_and_ends_in_the_capital(verifier: Person) -> None:
    world.approved(world.person("late"), verifier)
    edge = "2026-10-31T17:00:00+00:00"
    AccessRequest.objects.update(decided_at=edge, submitted_at="2026-10-31T12:00:00+00:00")
    assert len(references(verifier, RegisterFilters(date(2026, 11, 15)))) == 1
    assert references(verifier, RegisterFilters(date(2026, 10, 15))) == []


def test_a_unit_is_complete_with_a_working_ppk_and_a_working_pp(
    tree: None, verifier: Person
) -> None:
    world.holder("ppk", "ppk", "T1", "T1.1")
    pp = world.holder("pp", "pp", "T1", "T1.1")
    world.holder("ppk", "ppk", "T1", "T1.2")
    found = completeness(world.actor(verifier), this_month())
    assert [one.complete for one in found.units] == [True, False, False]
    Person.objects.filter(pk=pp.pk).update(state="suspended")
    assert completeness(world.actor(verifier), this_month()).complete == 0


def test_the_spreadsheet_holds_both_and_no_formula(three: dict[str, str], verifier: Person) -> None:
    Person.objects.filter(name="First").update(name='=HYPERLINK("http://x")')
    file = services.download_register(
        actor=world.actor(verifier), filters=this_month(), kind="xlsx"
    )
    book = load_workbook(io.BytesIO(file.content))
    rows = list(book.worksheets[0].iter_rows(min_row=3))
    assert [row[0].value for row in rows] == references_in(three)
    hostile = rows[1][1]
    assert (hostile.value, hostile.data_type) == ('=HYPERLINK("http://x")', "s")
    assert hostile.quotePrefix
    assert len(list(book.worksheets[1].iter_rows(min_row=3))) == 4


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a\x00b"])
def test_texts_stay_texts_in_a_spreadsheet(text: str) -> None:
    made = workbook([Sheet("S", ["Head"], [[text]])])
    cell = load_workbook(io.BytesIO(made)).worksheets[0]["A2"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_a_download_is_recorded(three: dict[str, str], verifier: Person, kind: str) -> None:
    file = services.download_register(actor=world.actor(verifier), filters=this_month(), kind=kind)
    entry = LogEvent.objects.get(name="access.register.downloaded")
    assert (entry.facts["rows"], entry.facts["format"]) == (2, kind)
    assert entry.facts["month"] == f"{clock.today():%Y-%m}"
    assert entry.agency == "T1"
    assert file.name.endswith(f".{kind}")
    assert file.content[:4] == {"pdf": b"%PDF", "xlsx": b"PK\x03\x04"}[kind]


def test_a_file_that_would_be_too_large_is_explained(
    three: dict[str, str], verifier: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(registering.KINDS["pdf"], most=1)
    monkeypatch.setitem(registering.KINDS, "pdf", small)
    with pytest.raises(RegisterTooLarge):
        services.download_register(actor=world.actor(verifier), filters=this_month(), kind="pdf")
    assert not LogEvent.objects.filter(name="access.register.downloaded").exists()


def test_another_agencys_register_is_not_handed_out(outsider: Person) -> None:
    with pytest.raises(NoSuchRegister):
        services.download_register(
            actor=world.actor(outsider), filters=this_month(agency="T1"), kind="xlsx"
        )
