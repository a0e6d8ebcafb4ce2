"""Things of the register of letters for the walk: letters, officers, files, at home and abroad."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from gapura.access import services
from gapura.access.models import Appointment
from gapura.access.services import OfficerText
from gapura.accounts.queries import person_by_id
from gapura.documents.services import receive
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import HEALTH
from gapura.ops.seeding.letters import letter_pdf
from gapura.ops.seeding.people import acting
from gapura.organizations.services import LetterScope

Things = dict[str, object]
REASON = "Surat keputusan dicabut oleh kepala dinas."
_NIK, _STRANGER = "3273010101850001", "3273010202860003"


def _enter(number: str, by: str, role: str) -> UUID:
    actor, today = acting(persona_id(by), role), clock.today()
    paper = letter_pdf("Dinas", number, "Pengangkatan", ("Memutuskan.",), "Sekretaris")
    return services.enter_letter(
        actor=actor,
        text=services.LetterText(
            number, today, "Sekretaris", "Sekretaris Daerah", today, today + timedelta(days=300)
        ),
        scope=LetterScope(("kepala_unit", "pokja")),
        document=receive(actor=actor, name="sk.pdf", content=paper),
    )


def _name(
    letter: UUID, nik: str, name: str, by: str, role: str, office: str = "kepala_unit"
) -> UUID:
    officer = OfficerText(nik=nik, name=name, role=office, unit=HEALTH)
    actor = acting(persona_id(by), role)
    return services.name_officer(actor=actor, letter_id=letter, officer=officer)


def _letters() -> Things:
    """Two that wait, entered by different people, and one that counts."""
    waiting = _enter("821/1/WALK", "admin_instansi", "admin_instansi")
    _name(waiting, _NIK, "Budi Santoso", "admin_instansi", "admin_instansi")
    of_verifier = _enter("821/2/WALK", "verifikator", "verifikator")
    _name(of_verifier, _NIK, "Budi Santoso", "verifikator", "verifikator")
    checked = _enter("821/3/WALK", "admin_instansi", "admin_instansi")
    _name(checked, _NIK, "Budi Santoso", "admin_instansi", "admin_instansi")
    verifier = acting(persona_id("verifikator"), "verifikator")
    services.check_letter(actor=verifier, letter_id=checked)
    return {
        "of admin_instansi waiting": waiting,
        "of verifikator waiting": of_verifier,
        "checked": checked,
    }


def _appointments() -> Things:
    """One that waits for an account, one prepared for the PPK."""
    letter = _enter("821/4/WALK", "admin_instansi", "admin_instansi")
    ppk = person_by_id(persona_id("ppk"))
    prepared = _name(letter, ppk.nik, ppk.name, "admin_instansi", "admin_instansi", "pokja")
    unknown = _name(letter, _STRANGER, "Tanpa Akun", "admin_instansi", "admin_instansi")
    verifier = acting(persona_id("verifikator"), "verifikator")
    services.check_letter(actor=verifier, letter_id=letter)
    assert Appointment.objects.get(pk=prepared).state == "granted"
    return {"prepared for ppk": prepared, "without account": unknown}


def _imports() -> Things:
    """A file that was looked through, at home."""
    letter = _enter("821/5/WALK", "admin_instansi", "admin_instansi")
    actor = acting(persona_id("admin_instansi"), "admin_instansi")
    content = f"NIK,Nama,Peran,Unit\n{_NIK},Budi Santoso,kepala_unit,{HEALTH}\n".encode()
    run = services.begin_import(actor=actor, letter_id=letter, name="a.csv", content=content)
    services.judge_import(actor=system_actor("import"), import_id=run)
    return {"at home": run}


MAKERS: dict[str, Callable[[], Things]] = {
    "letter_id": _letters,
    "appointment_id": _appointments,
    "import_id": _imports,
}
FORMS: dict[str, dict[str, object]] = {
    "letters-check": {"compared": "1", "officers": "1"},
    "letters-refuse": {"reason": REASON},
    "letters-revoke": {"reason": REASON, "seen": "1"},
    "letters-replace": {"reason": REASON, "seen": "1"},
    "letters-decline": {"reason": "Saya tidak lagi bertugas di unit ini."},
    "letters-officers": {
        "name": "Siti Aminah",
        "nik": "3273014101850002",
        "role": "kepala_unit",
        "unit": HEALTH,
    },
}
