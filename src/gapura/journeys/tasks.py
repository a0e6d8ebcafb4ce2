"""Scheduled work that crosses rooms. What it finds counts from its record; it only keeps up."""

from contextlib import suppress

from gapura.journeys.calendar import refresh_calendar
from gapura.journeys.erasing import carry_out_due, drop_names_due, tidy_mails
from gapura.journeys.identity_cases import escalate_identities
from gapura.journeys.onboarding.comparing import compare_companies
from gapura.journeys.onboarding.ending_papers import remind_of_papers
from gapura.journeys.onboarding.standing import BATCH, recheck_companies
from gapura.journeys.places import follow_changes, remind_of_units
from gapura.journeys.reverifying import begin_planned
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job
from gapura.outside.errors import AuthorityDown


@job(name="journeys.recheck_companies", every="13 18-21 * * *")
def recheck(timestamp: int) -> None:
    """Each night in Jakarta, four times should an authority fail: how companies stand."""
    while recheck_companies(actor=system_actor("standing")) == BATCH:
        pass


@job(name="journeys.compare_companies", every="* 18-21 * * *")
def compare(timestamp: int) -> None:
    """Each minute of the night in Jakarta: some companies at OSS and the tax office."""
    compare_companies(actor=system_actor("standing"))


@job(name="journeys.calendar", every="17 20 * * *")
def calendar(timestamp: int) -> None:
    """Each night (03:17 in Jakarta): the official holidays of this year and the next."""
    year = clock.today().year
    for wanted in (year, year + 1):
        # The calendar we have stays in force; tomorrow is soon enough.
        with suppress(AuthorityDown):
            refresh_calendar(actor=system_actor("calendar"), year=wanted)


@job(name="journeys.escalate_identities", every="* * * * *")
def escalate_late_identities(timestamp: int) -> None:
    """Each minute: identity documents that nobody compared in time go one level up."""
    while escalate_identities(actor=system_actor("escalation")):
        pass


@job(name="journeys.follow_changes", every="2 * * * *")
def follow(timestamp: int) -> None:
    """Each hour, so that none of the three zones waits: units and agencies change on their day."""
    follow_changes(actor=system_actor("places"))


@job(name="journeys.remind_of_units", every="23 1 * * 1-5")
def remind(timestamp: int) -> None:
    """Each working day (08:23 in Jakarta): units that are to be confirmed."""
    remind_of_units(actor=system_actor("places"))


@job(name="journeys.remind_of_papers", every="37 1 * * 1-5")
def remind_companies(timestamp: int) -> None:
    """Each working day (08:37 in Jakarta): papers of companies that end."""
    remind_of_papers(actor=system_actor("standing"))


@job(name="journeys.begin_campaigns", every="7 * * * *")
def begin_campaigns(timestamp: int) -> None:
    """Each hour: campaigns of verifying again begin on their day."""
    begin_planned(actor=system_actor("reverification"))


@job(name="journeys.erase", every="*/5 * * * *")
def erase(timestamp: int) -> None:
    """Every five minutes: erasures that nobody took back in time."""
    carry_out_due(actor=system_actor("erasure"))


@job(name="journeys.drop_names", every="*/5 * * * *")
def drop_names(timestamp: int) -> None:
    """Every five minutes: names whose papers may go today."""
    drop_names_due(actor=system_actor("erasure"))


@job(name="journeys.tidy_mails", every="*/5 * * * *")
def tidy(timestamp: int) -> None:
    """Every five minutes: last mails of the erased that have left."""
    tidy_mails(actor=system_actor("erasure"))
