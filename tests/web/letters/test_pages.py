"""The register of letters through its pages: entered, named, checked, confirmed, ended."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gapura.access.models import Appointment, Import
from gapura.access.services import judge_import, run_import
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.organizations.models import AppointmentLetter
from tests.access import registered, world
from tests.access.registered import csv_of, nik_of
from tests.authentication.world import person
from tests.documents.makers import letter, pdf
from tests.web.browser import Browser, text_of
from tests.web.people import enter, holder, signed_in

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("import")
REASON = "Surat keputusan dicabut oleh kepala dinas."


@pytest.fixture(autouse=True)
def _world(db: None) -> None:
    world.places()


def where(answer: Any) -> str:
    """Where a redirect leads."""
    assert answer.status_code == 303, text_of(answer)
    return str(answer["Location"])


def day(name: str, value: Any) -> dict[str, str]:
    """A day as the three boxes send it."""
    return {
        f"{name}-day": str(value.day),
        f"{name}-month": str(value.month),
        f"{name}-year": str(value.year),
    }


def answers(**changes: Any) -> dict[str, Any]:
    """The form of a letter, filled."""
    today = clock.today()
    return {
        "number": "821/045/BKD/2026",
        "signer_name": "Ibu Kepala",
        "signer_position": "Kepala Dinas",
        "roles": ["ppk", "pp"],
        "document": SimpleUploadedFile("sk.pdf", pdf(letter()), "application/pdf"),
        **day("signed_on", today - timedelta(days=1)),
        **day("valid_from", today),
        **day("valid_until", today + timedelta(days=300)),
        **changes,
    }


def entered(keeper: Browser) -> UUID:
    """A letter entered through the form."""
    assert where(keeper.submit("/letters/new", **answers())).endswith("/officers")
    return AppointmentLetter.objects.latest("created_at").id


def officer(number: int = 1, **changes: Any) -> dict[str, Any]:
    """The form of an officer, filled."""
    return {
        "name": "Budi Santoso",
        "nik": nik_of(number),
        "role": "ppk",
        "unit": "T1.1",
        "standing": "definitive",
        **changes,
    }


def test_a_letter_from_paper_to_a_working_role() -> None:
    keeper, verifier = signed_in("admin_instansi"), signed_in("verifikator")
    civil = person(kind="pns", agency="T1")
    page = entered(keeper)
    here = f"/letters/{page}"
    named = keeper.submit(f"{here}/officers", **officer(name=civil.name, nik=civil.nik))
    assert where(named) == f"{here}/officers"
    assert where(keeper.submit(f"{here}/ready", page=here)) == here
    assert "1 waits" in text_of(verifier.get("/"))
    listed = text_of(verifier.get("/letters"))
    assert "821/045/BKD/2026" in listed
    assert "Waiting to be checked" in listed
    shown = text_of(verifier.get(f"{here}/check"))
    assert "Fingerprint of the file (SHA-256)" in shown
    assert verifier.submit(f"{here}/check").status_code == 422
    assert where(verifier.submit(f"{here}/check", compared="1", officers="1")) == here
    assert "Waiting for activation" in text_of(verifier.get(here))
    theirs = enter(civil)
    mine = f"/letters/appointments/{Appointment.objects.get().id}"
    assert mine in theirs.get("/").content.decode()
    assert mine in theirs.get("/account/access").content.decode()
    assert "Activate the role" in text_of(theirs.get(mine))
    assert where(theirs.submit(mine)) == "/account/access"
    assert where(theirs.submit(mine)) == "/account/access"
    listed = text_of(verifier.get(f"{here}/revoke"))
    assert civil.name in listed
    assert verifier.submit(f"{here}/revoke", reason=REASON).status_code == 422
    assert where(verifier.submit(f"{here}/revoke", reason=REASON, seen="1")) == here
    assert "Revoked" in text_of(verifier.get(here))
    assert where(verifier.submit(f"{here}/revoke", reason=REASON, seen="1")) == here


def test_a_form_with_errors_keeps_the_scan() -> None:
    keeper = signed_in("admin_instansi")
    refused = keeper.submit("/letters/new", **answers(number=""))
    assert refused.status_code == 422
    assert "Kept: sk.pdf" in text_of(refused)
    kept = refused.context["file"].id if refused.context else _kept(refused)
    again = answers(kept=str(kept))
    del again["document"]
    assert where(keeper.submit("/letters/new", **again)).endswith("/officers")
    twice = keeper.submit("/letters/new", **again)
    assert twice.status_code == 422
    assert "already holds a letter" in text_of(twice)


def _kept(answer: Any) -> str:
    text = answer.content.decode()
    return str(text.split('name="kept" value="')[1].split('"')[0])


def test_somebody_elses_scan_is_not_taken() -> None:
    keeper = signed_in("admin_instansi")
    other = world.document(world.person("other"))
    typed = answers(kept=str(other))
    del typed["document"]
    assert keeper.submit("/letters/new", **typed).status_code == 422
    assert not AppointmentLetter.objects.exists()


def test_an_officer_with_faults_is_told_at_the_field() -> None:
    keeper = signed_in("admin_instansi")
    here = f"/letters/{entered(keeper)}/officers"
    shown = keeper.submit(here, **officer(nik="123", unit="", email="x@"))
    assert shown.status_code == 422
    text = text_of(shown)
    assert "Is no NIK" in text
    assert "Is missing: this role is held at one unit." in text


@pytest.mark.parametrize("page", ["", "/check", "/officers", "/import", "/revoke", "/file"])
def test_another_agency_finds_no_letter(page: str) -> None:
    keeper = signed_in("admin_instansi")
    here = f"/letters/{entered(keeper)}{page}"
    assert signed_in("verifikator", "T2", agency="T2").get(here).status_code == 404
    assert signed_in("ppk").get(here).status_code == 404
    assert Browser().get(here).status_code == 303


def test_who_entered_a_letter_reads_why_they_do_not_check_it() -> None:
    verifier = signed_in("verifikator")
    here = f"/letters/{entered(verifier)}"
    assert "Nobody decides about a letter they entered" in text_of(verifier.get(here))
    assert verifier.get(f"{here}/check").status_code == 403
    assert where(verifier.submit(f"{here}/withdraw")) == "/letters"


def test_a_refused_letter_says_why() -> None:
    keeper, verifier = signed_in("admin_instansi"), signed_in("verifikator")
    here = f"/letters/{entered(keeper)}"
    assert verifier.submit(f"{here}/refuse", reason="x").status_code == 422
    assert where(verifier.submit(f"{here}/refuse", reason=REASON)) == here
    assert REASON in text_of(keeper.get(here))


def test_a_file_of_officers_through_the_pages() -> None:
    keeper = signed_in("admin_instansi")
    letter_id = entered(keeper)
    lines = [f"{nik_of(n)},Budi Santoso,ppk,T1.1" for n in range(3)]
    content = csv_of(*lines, f"{nik_of(9)},=1+1,ppk,T1.1")
    file = SimpleUploadedFile("pejabat.csv", content, "text/csv")
    here = where(keeper.submit(f"/letters/{letter_id}/import", document=file))
    run = Import.objects.get().id
    assert here == f"/letters/imports/{run}"
    waiting = keeper.get(here)
    assert "The file is being looked through." in text_of(waiting)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    part = keeper.get(here, HTTP_HX_REQUEST="true")
    assert b"<h1" not in part.content
    judge_import(actor=SYSTEM, import_id=run)
    assert keeper.get(here, HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    shown = text_of(keeper.get(here))
    assert "1 of 4 lines are faulty" in shown
    assert "Begins with =, +, - or @ like a formula" in shown
    errors = keeper.get(f"{here}/errors")
    assert errors["Content-Disposition"].startswith("attachment")
    assert b"'=1+1" in errors.content
    assert where(keeper.submit(f"{here}/start", page=here)) == here
    assert "lines are faulty" in text_of(keeper.get(here))
    keeper.submit(f"{here}/start", page=here, leave_out="1")
    run_import(actor=SYSTEM, import_id=run)
    assert "3 officers are named in the letter." in text_of(keeper.get(here))
    assert where(keeper.submit(f"{here}/start", page=here)) == here
    assert "3 officers" in text_of(keeper.get(f"/letters/{letter_id}"))


def test_dropping_a_file() -> None:
    keeper = signed_in("admin_instansi")
    letter_id = entered(keeper)
    file = SimpleUploadedFile("a.csv", csv_of("1,2,3,4"), "text/csv")
    here = where(keeper.submit(f"/letters/{letter_id}/import", document=file))
    judge_import(actor=SYSTEM, import_id=Import.objects.get().id)
    for _again in range(2):
        assert where(keeper.submit(f"{here}/drop", page=here)) == f"/letters/{letter_id}"
    assert keeper.get("/letters/template.csv").content.startswith(b"\xef\xbb\xbfNik,Nama")


def test_a_new_letter_with_the_same_officers() -> None:
    keeper, verifier = holder("admin_instansi"), holder("verifikator")
    old = registered.enter(keeper, days=30)
    registered.name(keeper, old, nik_of(1), name="Budi Santoso")
    registered.check(verifier, old)
    here = enter(keeper)
    shown = here.get(f"/letters/new?from={old}")
    assert "It follows letter" in text_of(shown)
    begins = clock.today() + timedelta(days=30)
    typed = answers(earlier=str(old), copy="1", **day("valid_from", begins))
    target = where(here.submit("/letters/new", **typed))
    assert target == f"/letters/imports/{Import.objects.get().id}"
    new = AppointmentLetter.objects.latest("created_at")
    assert new.replaces_id == old
    judge_import(actor=SYSTEM, import_id=Import.objects.get().id)
    assert "All 1 lines are sound" in text_of(here.get(target))


def test_replacing_a_letter_by_a_newer_one() -> None:
    keeper, verifier = holder("admin_instansi"), holder("verifikator")
    civil: Person = person(kind="pns", agency="T1")
    old = registered.enter(keeper)
    registered.name(keeper, old, civil)
    registered.check(verifier, old)
    new = registered.enter(keeper, number="821/9/2026", days=700, replaces=old)
    registered.name(keeper, new, civil)
    registered.check(verifier, new)
    here = enter(verifier)
    shown = text_of(here.get(f"/letters/{old}/replace"))
    assert "821/9/2026" in shown
    assert civil.name in shown
    done = here.submit(f"/letters/{old}/replace", by=str(new), reason=REASON, seen="1")
    assert where(done) == f"/letters/{old}"
    assert "Replaced" in text_of(here.get(f"/letters/{old}"))


def test_declining_through_the_page() -> None:
    keeper, verifier = holder("admin_instansi"), holder("verifikator")
    civil = person(kind="pns", agency="T1")
    page = registered.enter(keeper)
    mine = f"/letters/appointments/{registered.name(keeper, page, civil)}"
    registered.check(verifier, page)
    theirs = enter(civil)
    assert theirs.submit(f"{mine}/decline", reason="no").status_code == 422
    assert where(theirs.submit(f"{mine}/decline", reason=REASON)) == "/account/access"
    assert enter(verifier).get(mine).status_code == 404


def test_the_platform_sees_letters_of_all_agencies() -> None:
    keeper = signed_in("admin_instansi")
    entered(keeper)
    admin = enter(_admin())
    text = text_of(admin.get("/letters"))
    assert "821/045/BKD/2026" in text
    assert "Agency T1" in text


def _admin() -> Person:
    from gapura.access.services import issue_grant

    found = person(kind="pns", agency="T1")
    issue_grant(actor=world.SYSTEM, person_id=found.id, role="admin_platform")
    return found
