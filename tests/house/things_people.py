"""Things of people for the walk: identity documents, and where authorities and we differ."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from gapura.accounts.queries import CHECKLIST
from gapura.accounts.services import claim_case, confirm_email, register, send_document
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.identities import biodata
from gapura.ops.seeding.people import acting
from gapura.ops.seeding.someone import Someone
from gapura.organizations.models import CompanyDifference
from gapura.organizations.services import Answered, note_differences

Things = dict[str, object]


def _document(number: int, kind: str, agency: str) -> UUID:
    """Somebody new, whose document waits."""
    born = clock.today() - timedelta(days=12000 + number)
    who = Someone(
        number, f"bukti{number}", "Bukti Diri", False, born, kind, "32.73", "198.51.100.9", agency
    )
    person = register(actor=Actor(ip=who.ip), details=who.details).person_id
    confirm_email(actor=Actor(ip=who.ip), person_id=person)
    return send_document(
        actor=acting(person, acr=1), kind="certificate", name="b.pdf", content=biodata(who)
    )


def _identities() -> Things:
    taken = _document(9704, "citizen", "")
    claim_case(actor=acting(persona_id("helpdesk"), "helpdesk"), case_id=taken)
    return {
        "of an officer at home": _document(9701, "pns", "D32"),
        "of an officer abroad": _document(9702, "pns", "D3578"),
        "of a citizen": _document(9703, "citizen", ""),
        "of a citizen, taken by helpdesk": taken,
    }


def _differences() -> Things:
    note_differences(
        actor=system_actor("standing"),
        company="C0001",
        found={"scale": ("medium", "small"), "owner": ("as_registered", "another")},
        answer=Answered("oss", "OSS-1", "0" * 64),
    )
    rows = CompanyDifference.objects.filter(company="C0001", settled_at__isnull=True)
    return {f"about the {row.field}": row.id for row in rows.order_by("field")}


MAKERS: dict[str, Callable[[], Things]] = {
    "username": lambda: {"ppk at home": "ppk", "luar abroad": "luar", "nobody": "nobody-known"},
    "identity_id": _identities,
    "difference_id": _differences,
    "company": lambda: {"of penyedia": "C0001", "nowhere": "C9999"},
}
FORMS: dict[str, dict[str, object]] = {
    "offboard": {
        "seen": "0" * 32,
        "agency": "D32",
        "reason": "Pindah tugas ke instansi lain.",
        "read": "1",
    },
    "identity-confirm": {"nik": "3273010101900001", "checked": list(CHECKLIST)},
    "identity-correct": {"fields_back": ["name"], "reason_name": "differs"},
    "identity-refuse": {"reason_code": "not_genuine", "reason": "Dokumen tidak dapat dipastikan."},
}
