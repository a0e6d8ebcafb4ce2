"""Files of entries: asked for with a reason, made by the worker, never for anybody else."""

import gzip
import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from gapura.audit.models import Export, ExportPart, LogEvent
from gapura.audit.services import drop_old_exports, make_export
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.permissions import Refused
from tests.access import world
from tests.jobs import do_jobs
from tests.web.browser import Browser, text_of
from tests.web.console.logs import LOG, ask
from tests.web.people import enter, holder, signed_in

EXPORT, EXPORTS = f"{LOG}/export", f"{LOG}/exports"
REASON = "Audit kinerja nomor 12 tahun 2026"
SYSTEM = system_actor("export")


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def order(here: Browser, form: str = "csv", **more: str) -> Any:
    """Ask for a file through the page."""
    return here.submit(EXPORT, page=f"{EXPORT}?event=helpdesk.", form=form, event="helpdesk.",
                       **{"reason": REASON, **more})  # fmt: skip


def made(here: Browser, form: str = "csv", **more: str) -> Export:
    """A file that the worker has made."""
    answer = order(here, form, **more)
    assert answer.status_code == 303, text_of(answer)
    assert do_jobs("audit.make_export") == 1
    return Export.objects.latest("asked_at")


def plain(response: Any) -> bytes:
    content: bytes = response.content
    return gzip.decompress(content) if response.get("Content-Encoding") == "gzip" else content


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_a_file_is_asked_for_made_and_fetched_and_its_fingerprint_is_in_the_log(form: str) -> None:
    ask()
    here = signed_in("apip")
    page = here.get(f"{EXPORT}?event=helpdesk.")
    assert "Your search finds 1 entry." in text_of(page)
    row = made(here, form)
    shown = text_of(here.get(f"{EXPORTS}/{row.id}"))
    assert "Download" in shown
    assert "Kind of act: Requests for help" in shown
    file = here.get(f"{EXPORTS}/{row.id}/file", HTTP_ACCEPT_ENCODING="gzip")
    digest = hashlib.sha256(plain(file)).hexdigest()
    assert f"{row.number}.{form}" in file["Content-Disposition"]
    told = LogEvent.objects.get(name="audit.export.made").facts
    assert (told["digest"], told["rows"], told["format"]) == (digest, 1, form)
    assert told["bytes"] == len(plain(file))
    assert LogEvent.objects.get(name="audit.export.asked").subject_label == row.number
    assert LogEvent.objects.get(name="audit.export.fetched").facts["digest"] == digest


def test_a_file_says_who_why_what_and_up_to_where_it_is_proven() -> None:
    event, here = ask(), signed_in("apip")
    row = made(here, "json")
    found = json.loads(plain(here.get(f"{EXPORTS}/{row.id}/file", HTTP_ACCEPT_ENCODING="gzip")))
    about = found["about"]
    assert (about["number"], about["reason"]) == (row.number, REASON)
    assert about["filter"] == "event=helpdesk."
    assert {"exported_by", "asked_at", "checkpoint", "entries", "root"} <= set(about)
    entry = found["entries"][0]
    assert (entry["id"], entry["subject"]) == (str(event.pk), event.subject_label)
    assert entry["ip"] == "198.51.100.7"


def test_without_gzip_the_file_comes_packed_under_another_name() -> None:
    ask()
    here = signed_in("apip")
    row = made(here)
    file = here.get(f"{EXPORTS}/{row.id}/file")
    assert ".csv.gz" in file["Content-Disposition"]
    assert "Content-Encoding" not in file
    assert b"asked for help" in gzip.decompress(file.content)


def test_a_file_holds_what_the_page_shows_and_nothing_of_another_agency() -> None:
    ours, theirs, here = ask("T1"), ask("T2"), signed_in("apip")
    row = made(here)
    text = plain(here.get(f"{EXPORTS}/{row.id}/file", HTTP_ACCEPT_ENCODING="gzip")).decode()
    assert ours.subject_label in text
    assert theirs.subject_label not in text


def test_entries_that_came_after_the_order_are_not_in_the_file() -> None:
    ask()
    here = signed_in("apip")
    order(here)
    late = ask()
    do_jobs("audit.make_export")
    row = Export.objects.get()
    assert row.rows == 1
    text = plain(here.get(f"{EXPORTS}/{row.id}/file", HTTP_ACCEPT_ENCODING="gzip")).decode()
    assert late.subject_label not in text


@pytest.mark.parametrize("reason", ["", "short", "x" * 301])
def test_without_a_reason_no_file(reason: str) -> None:
    ask()
    here = signed_in("apip")
    assert order(here, reason=reason).status_code == 422
    assert not Export.objects.exists()


def test_nothing_found_or_too_much_is_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    here = signed_in("apip")
    assert "finds no entry" in text_of(here.get(f"{EXPORT}?event=helpdesk."))
    assert order(here).status_code == 422
    for place in ("asking", "reads"):
        monkeypatch.setattr(f"gapura.audit.exports.{place}.MOST_ROWS", 1)
    monkeypatch.setattr("gapura.web.console.exports.MOST_ROWS", 1)
    ask(), ask()
    assert "more than 1 entries" in text_of(here.get(f"{EXPORT}?event=helpdesk."))
    assert order(here).status_code == 422


def test_one_file_at_a_time() -> None:
    ask()
    here = signed_in("apip")
    assert order(here).status_code == 303
    again = order(here)
    assert again.status_code == 422
    assert "still being made" in text_of(again)


def test_a_file_is_a_look_at_all_who_are_in_it() -> None:
    """Attack: export somebody's entries by words instead of looking at them."""
    person, here = holder("ppk"), signed_in("apip")
    kind = "access.grant."
    answer = here.submit(EXPORT, page=f"{EXPORT}?event={kind}", form="csv", event=kind,
                         reason=REASON)  # fmt: skip
    assert answer.status_code == 303, text_of(answer)
    assert do_jobs("audit.make_export") == 1
    look = LogEvent.objects.get(name="audit.person.shown", person=person.id)
    told = LogEvent.objects.filter(name__startswith="access.grant.", person=person.id, agency="T1")
    assert look.facts["rows"] == told.count() > 0


def test_a_file_of_everything_is_a_look_at_all_who_are_in_it() -> None:
    """Attack: save the log of a whole agency, and search for somebody in the file."""
    people, here = [holder("ppk") for _ in range(7)], signed_in("apip")
    answer = here.submit(EXPORT, page=EXPORT, form="csv", reason=REASON)
    assert answer.status_code == 303, text_of(answer)
    assert do_jobs("audit.make_export") == 1
    looks = LogEvent.objects.filter(name="audit.person.shown")
    made = LogEvent.objects.get(name="audit.export.made")
    assert not looks.filter(id__gt=made.pk).exists(), "the file is there when all were told"
    assert {person.id for person in people} <= set(looks.values_list("person", flat=True))


@pytest.mark.parametrize("role", ["apip", "admin_instansi", "admin_platform", "pp"])
def test_nobody_sees_or_fetches_anothers_file(role: str) -> None:
    ask()
    row = made(signed_in("apip"))
    here = signed_in(role)
    for path in (f"{EXPORTS}/{row.id}", f"{EXPORTS}/{row.id}/file", f"{EXPORTS}/{uuid4()}"):
        assert here.get(path).status_code == 404, path
    assert not LogEvent.objects.filter(name="audit.export.fetched").exists()


@pytest.mark.parametrize("role", ["pp", "verifikator", "helpdesk", "admin_perusahaan"])
def test_who_reads_no_log_gets_no_file(role: str) -> None:
    here = signed_in(role)
    assert here.get(EXPORT).status_code == here.get(EXPORTS).status_code == 404
    assert order(here).status_code == 404


def test_only_the_worker_makes_files() -> None:
    ask()
    auditor = holder("apip")
    order(enter(auditor))
    with pytest.raises(Refused):
        make_export(actor=world.actor(auditor), export_id=Export.objects.get().id)


def test_a_job_that_runs_twice_makes_one_file() -> None:
    ask()
    row = made(signed_in("apip"))
    make_export(actor=SYSTEM, export_id=row.id)
    assert LogEvent.objects.filter(name="audit.export.made").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportPart.objects.create(export_id=row.id, place=0, sealed=b"")


def test_a_file_too_large_is_not_kept_and_the_page_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gapura.audit.exports.making.LARGEST_FILE", 10)
    ask()
    here = signed_in("apip")
    row = made(here)
    assert "too large" in text_of(here.get(f"{EXPORTS}/{row.id}"))
    assert here.get(f"{EXPORTS}/{row.id}/file").status_code == 404
    assert not ExportPart.objects.exists()
    assert LogEvent.objects.get(name="audit.export.failed").facts["why"] == "size"


def test_after_a_week_the_file_is_gone_and_its_fingerprint_stays() -> None:
    ask()
    here = signed_in("apip")
    row = made(here)
    assert drop_old_exports(actor=SYSTEM, now=clock.now() + timedelta(days=8)) == 1
    assert not ExportPart.objects.exists()
    assert here.get(f"{EXPORTS}/{row.id}/file").status_code == 404
    assert "The file was deleted" in text_of(here.get(f"{EXPORTS}/{row.id}"))
    assert row.sha256 in text_of(here.get(f"{EXPORTS}/{row.id}"))


def test_a_file_about_one_person_is_shown_to_that_person() -> None:
    someone, here = holder("pp"), signed_in("apip")
    there = enter(someone)
    there.get("/account")
    answer = here.submit(EXPORT, page=LOG, form="csv", reason=REASON, kind="person",
                         object_id=str(someone.id))  # fmt: skip
    assert answer.status_code == 303, text_of(answer)
    assert "asked for" in text_of(there.get("/account/looked"))


def test_what_is_kept_is_sealed() -> None:
    """Whoever reads the database's files reads no name there."""
    ask(name="Sari Dewi Rahasia")
    made(signed_in("apip"), "json")
    parts = b"".join(bytes(part.sealed) for part in ExportPart.objects.all())
    assert b"Rahasia" not in parts
    assert not parts.startswith(b"\x1f\x8b")
