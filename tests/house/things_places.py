"""Things of places for the walk: units and agencies, changes that wait, branches, past papers."""

from collections.abc import Callable
from datetime import timedelta

from gapura.access.models import Grant
from gapura.documents.models import Document
from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting
from gapura.organizations.models import CompanyDocument
from gapura.organizations.services import (
    BranchText,
    Decreed,
    open_branch,
    rename_agency,
    rename_unit,
)

Things = dict[str, object]
_DEED = {"deed": "Perda 12/2026", "reason": "Ditata ulang oleh gubernur."}


def _later() -> Decreed:
    return Decreed(clock.today() + timedelta(days=30), **_DEED)


def _changes() -> Things:
    """One of a unit at home, one of an agency."""
    boss = acting(persona_id("admin_instansi"), "admin_instansi")
    admin = acting(persona_id("admin"), "admin_platform")
    unit = rename_unit(actor=boss, code="D32.005", name="Inspektorat Provinsi", decreed=_later())
    agency = rename_agency(actor=admin, code="K16", name="Kementerian Fiskal", decreed=_later())
    return {"of a unit at home": unit.id, "of an agency": agency.id}


def _branches() -> Things:
    boss = acting(persona_id("penyedia"), "admin_perusahaan")
    text = BranchText("Cabang Surabaya", "Jalan Pahlawan 1, Surabaya")
    return {"of penyedia": open_branch(actor=boss, nitku="000007", since=clock.today(), text=text)}


def _past_papers() -> Things:
    """A paper of the company that was replaced; the file is any that is there."""
    company = Grant.objects.get(person=persona_id("penyedia"), role="admin_perusahaan").company
    assert company is not None
    document = Document.objects.earliest("uploaded_at", "id")
    row = CompanyDocument.objects.create(
        company=company, kind="kswp", document=document, added_by=persona_id("penyedia"),
        added_at=clock.now(), replaced_at=clock.now(),
    )  # fmt: skip
    return {"of penyedia": row.id}


MAKERS: dict[str, Callable[[], Things]] = {
    "code": lambda: {"unit at home": "D32.004", "unit abroad": "D3578.001", "agency": "K16"},
    "change_id": _changes,
    "branch_id": _branches,
    "past_id": _past_papers,
}
_DAY = (clock.today() + timedelta(days=30)).isoformat()
_CHANGE: dict[str, object] = {**_DEED, "from_day": _DAY, "read": "on"}
FORMS: dict[str, dict[str, object]] = {
    "unit-confirm": {
        "address": "Jalan Diponegoro 22, Bandung", "head_name": "Ibu Ratna",
        "head_position": "Sekretaris DPRD", "true": "on",
    },
    "unit-rename": {**_CHANGE, "name": "Sekretariat Dewan"},
    "unit-move": {**_CHANGE, "parent": "D32.001"},
    "unit-merge": {**_CHANGE, "successor": "D32.001", "grants": "stay"},
    "unit-close": _CHANGE,
    "agency-rename": {**_CHANGE, "name": "Kementerian Fiskal"},
    "agency-close": {**_CHANGE, "successor": ""},
    "unit-change-cancel": {"reason": "Dimasukkan karena keliru."},
    "company-branch-new": {
        "nitku": "000009", "name": "Cabang Gresik", "address": "Jalan Veteran 3, Gresik",
        "region": "", "since": "2026-01-01",
    },
    "company-branch-change": {
        "name": "Cabang Surabaya", "address": "Jalan Pahlawan 2, Surabaya", "region": "",
    },
    "company-branch-close": {"until": _DAY},
}  # fmt: skip
