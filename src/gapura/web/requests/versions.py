"""Submitted versions in words: the answers of one, and what changed since the one before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gapura.access.queries import DEFINITIVE, FORM_FIELDS, ROLES, STANDING_NAMES, SubmissionView
from gapura.web.shell.display import day, tr


def answers(version: SubmissionView) -> dict[str, list[dict[str, str]]]:
    """Rows for `parts.summary_list`, of the access asked for and of the letter."""
    place, letter = _place(version.snapshot), _letter(version.snapshot)
    return {
        "place": [{"key": key, "value": value} for key, value in place.items() if value],
        "letter": [{"key": key, "value": value} for key, value in letter.items() if value],
    }


def changes(versions: Sequence[SubmissionView]) -> list[dict[str, str]]:
    """Rows for `parts.changes`: what differs between the last two versions."""
    if len(versions) < 2:
        return []
    before, after = (_place(v.snapshot) | _letter(v.snapshot) for v in versions[-2:])
    names = [*after, *(name for name in before if name not in after)]
    return [
        {"name": name, "before": before.get(name, ""), "after": after.get(name, "")}
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def _place(snapshot: dict[str, Any]) -> dict[str, str]:
    """Role, place and office. Versions from before a question was asked have no answer to it."""
    told = snapshot.get("details", {})
    return {
        _("Role"): tr(ROLES[snapshot["role"]].name),
        _("Agency"): snapshot["agency_name"],
        _("Unit (satker)"): snapshot["unit_name"],
        _("Company"): snapshot.get("company_name", ""),
        _("Moves here from"): snapshot.get("leaves_name", ""),
        **_standing(snapshot),
        _("Tax number of the unit (NPWP)"): _number(snapshot),
        **{
            tr(field.label): told.get(name, "")
            for name, field in FORM_FIELDS.items()
            if name in told
        },
    }


def _standing(snapshot: dict[str, Any]) -> dict[str, str]:
    way = snapshot.get("standing", DEFINITIVE)
    if way == DEFINITIVE:
        return {}
    whom = snapshot.get("principal_name") or "-"
    stands_in = f"{whom} ({snapshot['principal']})" if snapshot.get("principal") else whom
    return {_("How the office is held"): tr(STANDING_NAMES[way]), _("Stands in for"): stands_in}


def _number(snapshot: dict[str, Any]) -> str:
    """As told with this version; beside it the known one where they differ."""
    told, known = snapshot.get("unit_npwp", ""), snapshot.get("unit_npwp_known", "")
    if told and known:
        return _("%(told)s (known so far: %(known)s)") % {"told": told, "known": known}
    if told or not known:
        return str(told)
    return _("%(known)s (as known)") % {"known": known}


def _letter(snapshot: dict[str, Any]) -> dict[str, str]:
    letter = snapshot["letter"]
    return {
        _("Letter of the register"): snapshot.get("registered", ""),
        _("Number of the letter"): letter["number"],
        _("Date of the letter"): _day(letter["signed_on"]),
        _("Who signed it"): letter["signer_name"],
        _("Position of the signer"): letter["signer_position"],
        _("First day of the appointment"): _day(letter["valid_from"]),
        _("Last day of the appointment"): _day(letter["valid_until"]),
        _("After the budget year"): _("The letter itself names this last day")
        if snapshot.get("beyond_year")
        else "",
        _("Scan of the letter"): snapshot["file"]["name"],
    }


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
