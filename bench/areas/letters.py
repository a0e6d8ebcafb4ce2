"""Ending a letter on which 5,000 grants rest, in one transaction; and how they came to be."""

from time import perf_counter

from bench.cpu import all_work, slowness
from bench.figures import Figure, Report
from bench.officers import CHECKER, checked, entered, file_of, named, with_accounts
from bench.stage import stage, tell

MANY = 5_000
MOST_SECONDS = 3.0
_REASON = "Surat keputusan dicabut oleh pejabat yang berwenang."


def measure() -> Report:
    """Named from a file, granted at the check, ended with the letter."""
    with stage() as here:
        from gapura.access.models import Grant
        from gapura.access.services import end_letter
        from gapura.ops.seeding.arrival import persona_id
        from gapura.ops.seeding.people import acting

        tell(f"{MANY} officers with accounts")
        with_accounts(MANY)
        letter = entered("821/AKHIR/2026")
        named(letter, file_of(MANY))
        tell("their grants")
        began = perf_counter()
        checked(letter)
        granting = perf_counter() - began
        actor = acting(persona_id(CHECKER))
        slow = slowness()
        work, began = all_work(here.engine), perf_counter()
        ended = end_letter(actor=actor, letter_id=letter, reason=_REASON)
        ending, work = perf_counter() - began, all_work(here.engine) - work
        live = Grant.objects.filter(letter=letter).exclude(state="revoked").count()
        if (ended, live) != (MANY, 0):
            raise RuntimeError(f"{ended} grants ended and {live} live on")
    return Report(
        "letters",
        (
            Figure(
                f"ending a letter with {MANY} grants, all its work", work / slow, "s", MOST_SECONDS
            ),
            Figure("the same by the clock, on this machine now", ending, "s"),
            Figure(f"checking a letter: {MANY} grants prepared", granting, "s"),
        ),
        {"slower than the reference": f"{slow:.2f} x"},
    )
