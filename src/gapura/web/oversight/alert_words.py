"""Alerts and their rules in words: states, sentences with their numbers, how good a rule is."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gapura.access.queries import ROLES
from gapura.kernel import clock
from gapura.kernel.texts import N_
from gapura.reports.queries import UNITS, AlertRow, Precision, Rule, Setting
from gapura.web.console.words import EMPTY
from gapura.web.shell.display import tr
from gapura.web.shell.requests import Request
from gapura.web.shell.states import Words

ALERTS: Words = {
    "raised": (N_("To be looked at"), "orange"),
    "taken": (N_("Being looked into"), "yellow"),
    "explained": (N_("Explained"), "grey"),
    "followed_up": (N_("Acted on"), "teal"),
    "upheld": (N_("Finding"), "red"),
}
MESSAGES: Words = {
    "waiting": (N_("Waiting"), "yellow"),
    "delivered": (N_("Delivered"), "teal"),
    "dead": (N_("Given up"), "red"),
}
FAULTS = {
    "timeout": N_("no answer in time"),
    "unreachable": N_("nobody answers there"),
    "broken": N_("the connection broke"),
    "gone": N_("the address is gone (410)"),
    "closed": N_("the webhook was closed"),
    "address_private": N_("the name leads to a machine that is not open to the internet"),
}
TROUBLES = {
    "waiting": N_("Entries wait for their place in the log."),
    "unsigned": N_("Sealed entries have no signed checkpoint."),
    "contradicted": N_("The tree contradicts its signed checkpoint."),
    "refused": N_("The signer or a witness was shown another history."),
    "away": N_("The signer or a witness does not answer."),
}


def words(request: Request) -> dict[str, Any]:
    """What all pages about alerts show things with."""
    grant = request.actor.grant
    return {
        "states": ALERTS,
        "messages": MESSAGES,
        "roles": ROLES,
        "zone": grant.zone if grant else clock.JAKARTA,
        "wide": request.actor.role == "admin_platform",
        "subject_of": subject_of,
        "sentence_of": sentence_of,
        "numbers_of": numbers_of,
        "precision_of": precision_of,
        "fault_of": fault_of,
        "roles_told": roles_told,
    }


def sentence_of(rule: Rule, parameters: Mapping[str, int]) -> str:
    """The rule in words, with the numbers that hold."""
    return tr(rule.sentence) % dict(parameters)


def numbers_of(rule: Rule, setting: Setting) -> str:
    """Its numbers with their units: `10 times, 10 minutes`."""
    return ", ".join(
        f"{setting.parameters[one.name]} {tr(UNITS[one.unit])}" for one in rule.parameters
    )


def roles_told(setting: Setting) -> str:
    """Whom the rule tells, by the names of their roles."""
    return ", ".join(tr(ROLES[role].name) for role in setting.tells) or EMPTY


def subject_of(row: AlertRow) -> str:
    """Whom or what an alert is about, in a few words."""
    known = row.values
    if "trouble" in known:
        party = known.get("party")
        return tr(TROUBLES[known["trouble"]]) + (f" ({party})" if party else "")
    if "accounts" in known:
        return _("One device, %(number)s accounts") % {"number": known["accounts"]}
    if "left" in known:
        said = _("No administrator is left") if known["left"] else _("The last administrator")
        return said if known["left"] else f"{said}: {known['until']}"
    if row.rule.code == "names_guessed":
        return _("Sign-ins with unknown names")
    if known.get("company"):
        told = _("%(orders)s orders from %(company)s") % dict(known)
        return f"{known.get('username', '')}: {told}"
    return str(known.get("username") or row.agency or EMPTY)


def precision_of(found: Precision) -> str:
    """How good a rule is: share, counts and the interval it lies in."""
    if found.share is None:
        return _("Not known yet: no alert was disposed of.")
    told = _(
        "%(share)s %% (%(worth)s of %(disposed)s), with 95 %% certainty %(low)s to %(high)s %%"
    )
    return told % {
        "share": round(found.share * 100),
        "worth": found.worth,
        "disposed": found.disposed,
        "low": round(found.low * 100),
        "high": round(found.high * 100),
    }


def fault_of(word: str) -> str:
    """Why a message was not taken."""
    if word.startswith("status_"):
        return _("it answered %(status)s") % {"status": word.removeprefix("status_")}
    return tr(FAULTS[word]) if word in FAULTS else word
