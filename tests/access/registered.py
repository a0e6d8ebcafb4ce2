"""Letters of the register for tests: entered by a keeper, with officers, checked by a verifier."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gapura.access import services
from gapura.access.models import Appointment, Grant
from gapura.access.services.appointments import OfficerText
from gapura.access.tasks import (
    grant_officers,
    judge_file,
    run_file,
    tell_of_end,
    tell_of_letter,
)
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.organizations.services import LetterScope
from tests.access import world

ROLES = ("ppk", "pp", "bendahara", "ppspm")
JOBS: dict[str, Any] = {
    "access.judge_import": judge_file,
    "access.run_import": run_file,
    "access.grant_letter": grant_officers,
    "access.tell_officers": tell_of_letter,
    "access.tell_ended": tell_of_end,
}


def nik_of(number: int) -> str:
    """A NIK that nobody has: `number` up to 300,000."""
    day, serial = divmod(number, 9000)
    return f"327301{1 + day % 28:02d}0180{serial + 1:04d}"


def enter(
    keeper: Person,
    *,
    roles: tuple[str, ...] = ROLES,
    unit: str = "",
    number: str = "821/1/2026",
    first: date | None = None,
    days: int = 365,
    replaces: UUID | None = None,
) -> UUID:
    """A letter that waits to be checked; valid from today for so many days."""
    begins = first or clock.today()
    text = services.LetterText(
        number,
        clock.today() - timedelta(days=1),
        "Ibu Kepala",
        "Kepala Dinas",
        begins,
        begins + timedelta(days=days - 1),
    )
    return services.enter_letter(
        actor=world.actor(keeper),
        text=text,
        scope=LetterScope(roles, unit),
        document=world.document(keeper),
        replaces=replaces,
    )


def name(keeper: Person, letter: UUID, who: Person | str, role: str = "ppk", **more: str) -> UUID:
    """Name a person, or a NIK, in a letter; at unit T1.1 unless said."""
    nik = who if isinstance(who, str) else who.nik
    called = "Tanpa Akun" if isinstance(who, str) else who.name
    values = {"unit": "T1.1", **more}
    officer = OfficerText(nik=nik, name=values.pop("name", called), role=role, **values)
    return services.name_officer(actor=world.actor(keeper), letter_id=letter, officer=officer)


def check(verifier: Person, letter: UUID) -> None:
    """Find the letter right."""
    services.check_letter(actor=world.actor(verifier), letter_id=letter)


def granted(appointment: UUID) -> Grant:
    """The grant that a name in a letter gave."""
    found = Appointment.objects.get(pk=appointment).grant
    assert found is not None
    return found


def csv_of(*lines: str, head: str = "NIK,Nama,Peran,Unit") -> bytes:
    """A file of officers."""
    return "\n".join([head, *lines]).encode()
