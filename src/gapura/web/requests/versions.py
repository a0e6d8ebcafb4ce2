"""Submitted versions in words: the answers of one, and what changed since the one before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gapura.access.queries import ROLES, SubmissionView
from gapura.web.shell.display import day, tr


def answers(version: SubmissionView) -> dict[str, list[dict[str, str]]]:
    """Rows for `parts.summary_list`, of the access asked for and of the letter."""
    rows = _rows(version.snapshot)
    return {
        "place": [{"key": key, "value": rows[key]} for key in list(rows)[:3] if rows[key]],
        "letter": [{"key": key, "value": rows[key]} for key in list(rows)[3:]],
    }


def changes(versions: Sequence[SubmissionView]) -> list[dict[str, str]]:
    """Rows for `parts.changes`: what differs between the last two versions."""
    if len(versions) < 2:
        return []
    before, after = _rows(versions[-2].snapshot), _rows(versions[-1].snapshot)
    return [
        {"name": key, "before": before[key], "after": after[key]}
        for key in after
        if before[key] != after[key]
    ]


def _rows(snapshot: dict[str, Any]) -> dict[str, str]:
    letter = snapshot["letter"]
    return {
        _("Role"): tr(ROLES[snapshot["role"]].name),
        _("Agency"): snapshot["agency_name"],
        _("Unit (satker)"): snapshot["unit_name"],
        _("Number of the letter"): letter["number"],
        _("Date of the letter"): _day(letter["signed_on"]),
        _("Who signed it"): letter["signer_name"],
        _("Position of the signer"): letter["signer_position"],
        _("First day of the appointment"): _day(letter["valid_from"]),
        _("Last day of the appointment"): _day(letter["valid_until"]),
        _("Scan of the letter"): snapshot["file"]["name"],
    }


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
