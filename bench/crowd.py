"""People who wait for a decision, so that the verifier's queue fills a page."""

from datetime import date, timedelta

ACCOUNTS = 80
WAITING = 48
_REGION = "32.73"
_SERIAL = 5000
_BORN = date(1980, 1, 1)


def grow(waiting: int = WAITING) -> None:
    """A year of sample data, then requests until `waiting` of them are in the queue; sealed."""
    from gapura.access.queries import queue_figures
    from gapura.audit.services import checkpoint, seal_all
    from gapura.notifications.services import carried_over
    from gapura.ops.seed import grow as sample_year
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting

    sample_year(ACCOUNTS)
    there = queue_figures(acting(persona_id("verifikator"))).counts["all"]
    with carried_over():
        for number in range(max(0, waiting - there)):
            apply(number)
    seal_all()
    checkpoint(now=True)


def apply(number: int) -> None:
    """Somebody new registers and asks for a role at the personas' agency."""
    from gapura.accounts.queries import Details
    from gapura.ops.seeding.cast import HEALTH, HOME, Post
    from gapura.ops.seeding.papers import shared
    from gapura.ops.seeding.people import SYSTEM, enter, nik, staff_number
    from gapura.ops.seeding.walk import ask

    role = ("pp", "ppk", "bendahara")[number % 3]
    born = _BORN + timedelta(days=number)
    details = Details(
        kind="pns",
        name=f"Pelamar Contoh {chr(65 + number % 26)}{'abc'[number // 26 % 3]}",
        nik=nik(_REGION, born, _SERIAL + number, woman=False),
        nip=staff_number("pns", born, number, woman=False),
        agency=HOME,
        username=f"pelamar{number}",
        email=f"pelamar{number}@contoh.go.id",
    )
    ask(enter(details, SYSTEM), Post(role, HOME, HEALTH), shared(role))
