"""/console/authorities: how the authorities stand, and the age of the holiday calendar."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.journeys.calendar import refresh_calendar
from gapura.kernel import clock
from gapura.kernel.permissions import may, require
from gapura.kernel.texts import N_
from gapura.outside.errors import AuthorityDown
from gapura.outside.permissions import Can
from gapura.outside.queries import (
    CALENDAR_OLD_DAYS,
    WATCHED_DAYS,
    authority_reports,
    calendar_ages,
)
from gapura.web.shell import flash
from gapura.web.shell.errors import what_of
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import Words

HERE = "/console/authorities"
STATES: Words = {
    "up": (N_("Answers"), "teal"),
    "down": (N_("Does not answer"), "red"),
    "unknown": (N_("Not asked yet"), "grey"),
}
# What `asking` and `line` call a failure.
FAULTS = {
    "timeout": N_("No answer in time"),
    "unreachable": N_("Could not be reached"),
    "broken": N_("The connection broke off"),
    "unavailable": N_("It said that it is not available"),
    "refused": N_("It refused our credentials"),
    "rejected": N_("It rejected one question"),
    "nonsense": N_("It answered something that cannot be understood"),
    "not_connected": N_("Not connected"),
}


def show(request: Request) -> HttpResponse:
    """The page."""
    now, grant = clock.now(), request.actor.grant
    ages = calendar_ages(request.actor, _years())
    old = now - timedelta(days=CALENDAR_OLD_DAYS)
    values = {
        "reports": authority_reports(request.actor),
        "ages": ages,
        "stale": {age.year for age in ages if not age.taken_over_at or age.taken_over_at < old},
        "may_refresh": may(request.actor, Can.REFRESH),
        "states": STATES,
        "faults": FAULTS,
        "days": WATCHED_DAYS,
        "zone": grant.zone if grant else clock.JAKARTA,
    }
    return render(request, "console/authorities.html", values)


def refresh(request: Request) -> HttpResponse:
    """Take the official holidays of this year and the next over now."""
    require(request.actor, Can.REFRESH)
    try:
        done = [refresh_calendar(actor=request.actor, year=year) for year in _years()]
    except AuthorityDown as down:
        flash.say(request, "info", f"{what_of(down)} " + _("The calendar stays as it is."))
        return go_to(HERE)
    added, removed = (sum(len(getattr(each, n)) for each in done) for n in ("added", "removed"))
    said = _("The holiday calendar was taken over: %(added)s days new, %(removed)s gone.")
    flash.say(request, "success", said % {"added": added, "removed": removed})
    return go_to(HERE)


def _years() -> tuple[int, int]:
    year = clock.today().year
    return year, year + 1
