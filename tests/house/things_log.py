"""Things of the activity log for the walk: timelines, kept searches, files, assignments."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from gapura.audit.queries import Filters
from gapura.audit.services import (
    ask_for_export,
    confirm_assignment,
    make_export,
    save_view,
)
from gapura.documents.services import receive
from gapura.journeys.assignments import Assigning, assign_auditor
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import ABROAD
from gapura.ops.seeding.letters import letter_pdf
from gapura.ops.seeding.people import acting
from gapura.organizations.queries import LetterText

Things = dict[str, object]


def _as(username: str, role: str) -> Actor:
    return acting(persona_id(username), role)


def _people() -> Things:
    return {"ppk": persona_id("ppk"), "luar": persona_id("luar")}


def _views() -> Things:
    """Kept by an auditor, and shared by an administrator of the same agency."""
    query = {"result": "refused"}
    own = save_view(actor=_as("apip", "apip"), name="Ditolak", query=query)
    admin = _as("admin_instansi", "admin_instansi")
    shared = save_view(actor=admin, name="Bersama", query=query, shared=True)
    return {"of apip": own, "shared by admin_instansi": shared}


def _exports() -> Things:
    """One that is ready, one that waits."""
    filters, reason = Filters(event="authentication."), "Contoh untuk pemeriksaan."
    ready = ask_for_export(actor=_as("apip", "apip"), filters=filters, form="json", reason=reason)
    make_export(actor=system_actor("export"), export_id=ready)
    waiting = ask_for_export(
        actor=_as("admin", "admin_platform"), filters=filters, form="csv", reason=reason
    )
    return {"of apip ready": ready, "of admin waiting": waiting}


def _assignments() -> Things:
    """One that waits for the platform, one that is in force."""
    waiting, confirmed = _assigned("ST/1/WALK"), _assigned("ST/2/WALK")
    confirm_assignment(actor=_as("admin", "admin_platform"), assignment_id=confirmed)
    return {"of apip waiting": waiting, "of apip in force": confirmed}


def _assigned(number: str) -> UUID:
    admin, today = _as("admin_instansi", "admin_instansi"), clock.today()
    paper = letter_pdf("Inspektorat", number, "Penugasan", ("Menugaskan.",), "Inspektur")
    last = today + timedelta(days=30)
    letter = LetterText(number, today, "Inspektur", "Inspektur", today, last)
    document = receive(actor=admin, name="st.pdf", content=paper)
    return assign_auditor(actor=admin, told=Assigning(letter, document, "apip", (ABROAD,)))


MAKERS: dict[str, Callable[[], Things]] = {
    "person_id": _people,
    "view_id": _views,
    "export_id": _exports,
    "assignment_id": _assignments,
}
FORMS: dict[str, dict[str, object]] = {
    "log-view-new": {"name": "Baru", "result": "failed"},
    "log-view": {"name": "Nama lain"},
    "log-export": {"form": "csv", "reason": "Contoh untuk pemeriksaan.", "event": "helpdesk."},
}
