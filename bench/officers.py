"""Letters with thousands of officers for the bench: entered by the demo's own people."""

from datetime import timedelta
from uuid import UUID

KEEPER, CHECKER = "admin_instansi", "verifikator"
UNITS = ("D32.002", "D32.008", "D32.009")
ROLE = "ppspm"


def nik_of(number: int) -> str:
    """A sound NIK that nobody of the demo has; `number` up to 250,000."""
    day, serial = divmod(number, 9000)
    return f"327301{1 + day:02d}0171{serial + 1:04d}"


def name_of(number: int) -> str:
    """A name without digits."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return f"Pejabat {letters.title()}"


def entered(number: str) -> UUID:
    """A letter for the whole agency that waits to be checked."""
    from gapura.access import services
    from gapura.documents.services import receive
    from gapura.kernel import clock
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.letters import letter_pdf
    from gapura.ops.seeding.people import acting
    from gapura.organizations.services import LetterScope

    actor, today = acting(persona_id(KEEPER)), clock.today()
    paper = letter_pdf("Dinas", number, "Pengangkatan", ("Memutuskan.",), "Sekretaris")
    return services.enter_letter(
        actor=actor,
        text=services.LetterText(
            number, today, "Sekretaris", "Sekretaris Daerah", today, today + timedelta(days=365)
        ),
        scope=LetterScope((ROLE,), beyond_year=True),
        document=receive(actor=actor, name="sk.pdf", content=paper),
    )


def file_of(many: int) -> bytes:
    """A CSV file of so many officers."""
    lines = (f"{nik_of(n)},{name_of(n)},{ROLE},{UNITS[n % len(UNITS)]}" for n in range(many))
    return "\n".join(["NIK,Nama,Peran,Unit", *lines]).encode()


def named(letter: UUID, content: bytes) -> UUID:
    """Hand a file in and let the jobs do their work; answers the import."""
    from gapura.access import services
    from gapura.kernel.actor import system_actor
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting

    actor, system = acting(persona_id(KEEPER)), system_actor("import")
    run = services.begin_import(actor=actor, letter_id=letter, name="a.csv", content=content)
    services.judge_import(actor=system, import_id=run)
    services.start_import(actor=actor, import_id=run)
    services.run_import(actor=system, import_id=run)
    return run


def with_accounts(many: int) -> None:
    """Verified accounts of the first so many officers."""
    from gapura.accounts.models import Person
    from gapura.accounts.queries import nik_key
    from gapura.kernel import clock

    now = clock.now()
    Person.objects.bulk_create(
        (
            Person(
                username=f"pejabat{n}",
                name=name_of(n),
                kind="pns",
                email=f"pejabat{n}@contoh.go.id",
                nik=nik_of(n),
                nik_lookup=nik_key(nik_of(n)),
                agency="D32",
                state="verified",
                created_at=now,
                email_verified_at=now,
                verified_at=now,
            )
            for n in range(many)
        ),
        batch_size=1000,
    )


def checked(letter: UUID) -> None:
    """Find the letter right, and let the job give all grants."""
    from gapura.access import services
    from gapura.kernel.actor import system_actor
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting

    services.check_letter(actor=acting(persona_id(CHECKER)), letter_id=letter)
    go_on: UUID | None = UUID(int=0)
    while go_on is not None:
        go_on = services.grant_letter(actor=system_actor("letters"), letter_id=letter, after=go_on)
