"""This room's scheduled work. Nothing waits for it to be right: it moves, tells and tidies up."""

from datetime import timedelta
from uuid import UUID

from gapura.access.services import (
    call_reviews,
    drop_forgotten,
    escalate_overdue,
    grant_found,
    grant_letter,
    judge_import,
    lapse_unactivated,
    open_reviews,
    prune_lines,
    release_moved,
    remind_verifiers,
    run_import,
    tell_ended,
    tell_endings,
    tell_leaders,
    tell_officers,
    tend_review,
    tidy_successions,
)
from gapura.access.services.deadlines import BATCH
from gapura.access.services.expiry import BATCH as BATCH_OF_ENDINGS
from gapura.access.services.sweeping import sweep_all
from gapura.access.services.taking_over import BATCH as BATCH_OF_TAKEOVERS
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job

# The lines of a file hold identity numbers: no longer than somebody needs to correct them.
KEPT = timedelta(days=7)


@job(name="access.escalate", every="* * * * *")
def escalate(timestamp: int) -> None:
    """Each minute: what nobody answered in time goes one level up."""
    while escalate_overdue(actor=system_actor("escalation")) == BATCH:
        pass


@job(name="access.lapse", every="7 * * * *")
def lapse(timestamp: int) -> None:
    """Each hour: approved grants that nobody activated end."""
    while lapse_unactivated(actor=system_actor("activation")) == BATCH:
        pass


@job(name="access.find_conflicts", every="40 18 * * *")
def look_for_conflicts(timestamp: int) -> None:
    """Each night in Jakarta: roles that exclude each other; delegations without their ground."""
    sweep_all(actor=system_actor("conflicts"))


@job(name="access.tell_endings", every="23 18 * * *")
def tell_of_endings(timestamp: int) -> None:
    """Each night (01:23 in Jakarta): whose access ends is told ahead."""
    actor, began = system_actor("endings"), clock.now()
    while tell_endings(actor=actor) == BATCH_OF_ENDINGS:
        pass
    tell_leaders(actor=actor, since=began)


@job(name="access.grant_letter")
def grant_officers(letter: str, after: str) -> None:
    """The officers of a checked letter, behind the first ones, get their grants."""
    go_on: UUID | None = UUID(after)
    while go_on is not None:
        actor = system_actor("letters")
        go_on = grant_letter(actor=actor, letter_id=UUID(letter), after=go_on)


@job(name="access.grant_found", every="*/5 * * * *")
def look_for_officers(timestamp: int) -> None:
    """Every five minutes: who is named in a checked letter and has a verified account by now."""
    go_on: UUID | None = UUID(int=0)
    while go_on is not None:
        go_on = grant_found(actor=system_actor("letters"), after=go_on)


@job(name="access.tell_officers")
def tell_of_letter(letter: str) -> None:
    """Mails and notices to the officers of a checked letter."""
    while tell_officers(letter_id=UUID(letter)):
        pass


@job(name="access.tell_ended")
def tell_of_end(letter: str) -> None:
    """Mails and notices to those whose access ended with its letter."""
    while tell_ended(letter_id=UUID(letter)):
        pass


@job(name="access.judge_import")
def judge_file(run: str) -> None:
    """Look through a file of officers; goes on where it was interrupted."""
    judge_import(actor=system_actor("import"), import_id=UUID(run))


@job(name="access.run_import")
def run_file(run: str) -> None:
    """Name the officers of a file; goes on where it was interrupted."""
    run_import(actor=system_actor("import"), import_id=UUID(run))


@job(name="access.prune_imports", every="51 19 * * *")
def prune_imports(timestamp: int) -> None:
    """Each night: files that nobody went on with, and the faulty lines of those taken over."""
    before = clock.now() - KEPT
    while drop_forgotten(actor=system_actor("pruning"), before=before):
        pass
    prune_lines(before=before)


@job(name="access.release_moved", every="31 18 * * *")
def release_those_who_moved(timestamp: int) -> None:
    """Each night: roles at an agency that somebody left end when their time to go over is past."""
    while release_moved(actor=system_actor("moving")):
        pass


@job(name="access.remind", every="*/10 * * * *")
def remind(timestamp: int) -> None:
    """Every ten minutes: requests whose time is running out are brought to mind."""
    while remind_verifiers(actor=system_actor("reminders")) == BATCH:
        pass


@job(name="access.call_reviews", every="13 23 * * *")
def call_for_reviews(timestamp: int) -> None:
    """Each morning in Jakarta (06:13): where the yearly access review is due."""
    call_reviews(actor=system_actor("reviews"))


@job(name="access.tend_reviews", every="11 * * * *")
def tend_reviews(timestamp: int) -> None:
    """Each hour: what an access review has ended, moved up, to be reminded of or carried out."""
    actor = system_actor("reviews")
    for review in open_reviews(actor=actor):
        tend_review(actor=actor, review_id=review)


@job(name="access.tidy_successions", every="*/10 * * * *")
def tidy_takeovers(timestamp: int) -> None:
    """Every ten minutes: who may take a company over now is told; what nobody took over ends."""
    while tidy_successions(actor=system_actor("succession")) >= BATCH_OF_TAKEOVERS:
        pass
