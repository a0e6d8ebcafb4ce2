"""Assignments: registered under a checked letter, confirmed by another, in force by dates alone."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gapura.access import events as access
from gapura.accounts.models import Person
from gapura.audit.errors import BadAssignment, NoSuchAssignment
from gapura.audit.models import Assignment, Export, LogEvent
from gapura.audit.services import Subject, confirm_assignment, fetch_export, record
from gapura.journeys.assignments import under_assignment
from gapura.kernel import clock
from gapura.organizations.models import AppointmentLetter
from tests.access import world
from tests.jobs import do_jobs
from tests.web.browser import Browser, text_of
from tests.web.console.logs import FROM, LOG, ask, assigned, letter
from tests.web.people import enter, holder, signed_in

HERE = "/console/log/assignments"


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


@pytest.fixture
def auditor() -> Person:
    return holder("apip")


def opened(auditor: Person, **told: Any) -> UUID:
    """An assignment that opens agency T2, confirmed by the platform."""
    found = assigned(holder("admin_instansi"), auditor, **{"agencies": ("T2",), **told})
    confirm_assignment(actor=world.actor(holder("admin_platform")), assignment_id=found)
    return found


def read(here: Browser, assignment: UUID, query: str = "") -> Any:
    return here.get(f"{LOG}?under={assignment}{query}")


def days(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_an_administrator_registers_it_with_its_letter(auditor: Person) -> None:
    admin, today = holder("admin_instansi"), clock.today()
    here = enter(admin)
    told: dict[str, Any] = {
        "number": "ST/12/2026",
        "signer_name": "Ibu Inspektur",
        "signer_position": "Inspektur",
        "username": auditor.username,
        "agencies": "T2, T1",
        **days("signed_on", today),
        **days("since", today),
        **days("until", today + timedelta(days=5)),
    }
    without = here.submit(f"{HERE}/new", **told)
    assert without.status_code == 422
    assert "Add a scan of the letter" in text_of(without)
    answer = here.submit(f"{HERE}/new", kept=str(world.document(admin)), **told)
    assert answer["Location"] == HERE, text_of(answer)
    event = LogEvent.objects.get(name="audit.assignment.registered")
    assert (event.subject_label, event.person) == ("ST/12/2026", auditor.id)
    assert event.facts["agencies"] == ["T2", "T1"]
    there = enter(auditor)
    assert "Waits for the platform" in text_of(there.get(HERE))
    assert there.get(f"/letters/{Assignment.objects.get().letter}").status_code == 200


def test_a_scan_of_somebody_else_is_not_taken(auditor: Person) -> None:
    """A guessed id would file another person's paper under this letter."""
    with pytest.raises(BadAssignment) as problem:
        assigned(holder("admin_instansi"), auditor, document=world.document(auditor))
    assert list(problem.value.fields) == ["document"]


def test_until_the_platform_confirms_it_it_opens_no_other_agency(auditor: Person) -> None:
    theirs, found = ask("T2"), assigned(holder("admin_instansi"), auditor, agencies=("T2",))
    here = enter(auditor)
    assert read(here, found).status_code == 404
    signed_in("admin_platform").submit(f"{HERE}/{found}/confirm", page=HERE)
    said = text_of(read(here, found))
    assert theirs.subject_label in said
    assert "You read under assignment" in said
    assert LogEvent.objects.filter(name="audit.assignment.confirmed").exists()


def test_under_it_one_sees_what_it_opens_and_nothing_besides(auditor: Person) -> None:
    ours, theirs, here = ask("T1"), ask("T2"), enter(auditor)
    found = opened(auditor)
    said = text_of(read(here, found))
    assert theirs.subject_label in said
    assert ours.subject_label not in said
    assert ours.subject_label in text_of(here.get(LOG))
    assert here.get(f"{LOG}/{theirs.pk}?under={found}").status_code == 200
    assert here.get(f"{LOG}/{theirs.pk}").status_code == 404


def test_each_look_is_recorded_with_its_number(auditor: Person) -> None:
    theirs, here, found = ask("T2"), enter(auditor), opened(auditor)
    number = Assignment.objects.get().number
    read(here, found)
    here.get(f"{LOG}/{theirs.pk}?under={found}")
    for name in ("audit.log.explored", "audit.entry.shown"):
        assert LogEvent.objects.get(name=name).facts["assignment"] == number


def test_a_case_narrows_it(auditor: Person) -> None:
    one, other, here = ask("T1"), ask("T1"), enter(auditor)
    found = assigned(holder("admin_instansi"), auditor, case=one.subject_label)
    said = text_of(read(here, found))
    assert one.subject_label in said
    assert other.subject_label not in said
    assert here.get(f"{LOG}/{other.pk}?under={found}&x=1").status_code == 200, "own agency's"


def test_a_file_under_it_holds_only_what_it_opens(auditor: Person) -> None:
    ours, theirs, here, found = ask("T1"), ask("T2"), enter(auditor), opened(auditor)
    here.submit(f"{LOG}/export", page=LOG, form="json", reason="Pemeriksaan bersama",
                under=str(found), event="helpdesk.")  # fmt: skip
    do_jobs("audit.make_export")
    row = Export.objects.get()
    path = f"{LOG}/exports/{row.id}/file"
    content = here.get(path, HTTP_ACCEPT_ENCODING="gzip")
    assert content.status_code == 200
    assert row.rows == 1
    assert LogEvent.objects.get(name="audit.export.made").facts["assignment"]
    Assignment.objects.update(ended_at=clock.now())
    assert here.get(path).status_code == 404
    assert ours.pk != theirs.pk


def test_a_file_is_not_fetched_outside_its_assignment(auditor: Person) -> None:
    """Attack: fetch it past the page, without the assignment or with one that has ended."""
    ask("T2")
    here, found = enter(auditor), opened(auditor)
    here.submit(f"{LOG}/export", page=LOG, form="json", reason="Pemeriksaan bersama",
                under=str(found), event="helpdesk.")  # fmt: skip
    do_jobs("audit.make_export")
    row, plain = Export.objects.get(), world.actor(auditor)
    reader = under_assignment(plain, found)
    with pytest.raises(NoSuchAssignment):
        fetch_export(actor=plain, export_id=row.id)
    assert fetch_export(actor=reader, export_id=row.id).content
    Assignment.objects.update(ended_at=clock.now())
    with pytest.raises(NoSuchAssignment):
        fetch_export(actor=reader, export_id=row.id)


def test_it_ends_with_its_days_with_its_letter_and_when_it_is_ended(auditor: Person) -> None:
    here, found = enter(auditor), opened(auditor)
    with clock.frozen(clock.now() + timedelta(days=11)):
        assert read(enter(auditor), found).status_code == 404
    assert read(here, found).status_code == 200
    AppointmentLetter.objects.update(revoked_at=clock.now())
    assert read(here, found).status_code == 404
    other = opened(auditor)
    assert read(here, other).status_code == 200
    signed_in("admin_instansi").submit(f"{HERE}/{other}/end", page=HERE)
    assert read(here, other).status_code == 404
    assert LogEvent.objects.filter(name="audit.assignment.ended").count() == 1


@pytest.mark.parametrize("role", ["apip", "admin_instansi", "admin_platform", "verifikator"])
def test_nobody_reads_under_anothers(auditor: Person, role: str) -> None:
    theirs, found, here = ask("T2"), opened(auditor), signed_in(role)
    assert read(here, found).status_code == 404
    assert here.get(f"{LOG}/people/{auditor.id}?under={found}").status_code == 404
    if role in ("apip", "admin_instansi"):
        assert here.get(f"{LOG}/{theirs.pk}?under={found}").status_code == 404


def test_who_registered_it_or_is_sent_does_not_confirm_it(auditor: Person) -> None:
    """Four eyes, held by the database too."""
    found = assigned(holder("admin_instansi"), auditor, agencies=("T2",))
    row = Assignment.objects.get(pk=found)
    for person in (row.created_by, row.person):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.filter(pk=found).update(confirmed_by=person)


@pytest.mark.parametrize("role", ["apip", "admin_platform", "verifikator", "helpdesk", "pp"])
def test_only_the_agencys_administrator_registers(role: str) -> None:
    assert signed_in(role).get(f"{HERE}/new").status_code == 404


@pytest.mark.parametrize(("role", "agency"), [("apip", "T1"), ("admin_instansi", "T2")])
def test_others_neither_confirm_nor_end(auditor: Person, role: str, agency: str) -> None:
    found = assigned(holder("admin_instansi"), auditor, agencies=("T2",))
    here = signed_in(role, agency)
    for verb in ("confirm", "end"):
        assert here.submit(f"{HERE}/{found}/{verb}", page=HERE).status_code in (403, 404)
    row = Assignment.objects.get(pk=found)
    assert (row.confirmed_at, row.ended_at) == (None, None)


@pytest.mark.parametrize("role", ["verifikator", "helpdesk", "pp", "admin_perusahaan"])
def test_who_has_nothing_to_do_with_them_finds_none(auditor: Person, role: str) -> None:
    found, here = assigned(holder("admin_instansi"), auditor, agencies=("T2",)), signed_in(role)
    assert here.get(HERE).status_code == 404
    for verb in ("confirm", "end"):
        assert here.submit(f"{HERE}/{found}/{verb}", page="/account").status_code == 404


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("until", {"letter": letter(days=-2)}),
        ("agencies", {"agencies": ("NOWHERE",)}),
        ("units", {"units": ("T2.1",)}),
    ],
)
def test_what_the_letter_or_the_places_do_not_hold_is_refused(
    auditor: Person, field: str, told: dict[str, Any]
) -> None:
    with pytest.raises(BadAssignment) as problem:
        assigned(holder("admin_instansi"), auditor, **told)
    assert list(problem.value.fields) == [field]


def test_only_auditors_of_the_own_agency_are_sent() -> None:
    for person in (holder("apip", "T2"), holder("pp")):
        with pytest.raises(BadAssignment) as problem:
            assigned(holder("admin_instansi"), person)
        assert list(problem.value.fields) == ["username"]


def test_reading_under_it_costs_no_more_than_eight_queries(auditor: Person) -> None:
    theirs, here, found = ask("T2"), enter(auditor), opened(auditor)
    other = holder("verifikator", "T2")
    facts = dict.fromkeys(access.APPROVED.needs, "x")
    record(world.actor(other), access.APPROVED, Subject("access_request", "1"), facts=facts,
           agency="T2")  # fmt: skip
    for path in (
        f"{LOG}?under={found}",
        f"{LOG}?under={found}&actor={other.username}",
        f"{LOG}?under={found}&address={FROM}",
        f"{LOG}/{theirs.pk}?under={found}",
    ):
        here.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert here.get(path).status_code == 200
        marks = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
        asked = [q["sql"] for q in queries if not q["sql"].startswith(marks)]
        assert len(asked) <= 8, (path, [q[:150] for q in asked])
    assert here.get(f"{LOG}?under={uuid4()}").status_code == 404
    assert here.get(f"{LOG}?under=x").status_code == 404


def test_a_file_is_neither_made_nor_fetched_after_its_letter_was_revoked(auditor: Person) -> None:
    """Attack: ask for a file, and let it be made after the letter behind it has ended."""
    ask("T2")
    here, found = enter(auditor), opened(auditor)
    order = {"form": "json", "reason": "Pemeriksaan bersama", "under": str(found)}
    here.submit(f"{LOG}/export", page=LOG, event="helpdesk.", **order)
    do_jobs("audit.make_export")
    made, reader = Export.objects.get(), under_assignment(world.actor(auditor), found)
    here.submit(f"{LOG}/export", page=LOG, event="helpdesk.", **order)
    AppointmentLetter.objects.update(revoked_at=clock.now())
    with pytest.raises(NoSuchAssignment):
        fetch_export(actor=reader, export_id=made.id)
    do_jobs("audit.make_export")
    assert Export.objects.exclude(pk=made.pk).get().problem == "scope"
