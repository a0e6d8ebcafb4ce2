"""The register and its recap as files: what the sheets and the PDF are told."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from gapura.access.queries.recap import Recap, RecapLine
from gapura.access.queries.register import RegisterRow
from gapura.access.reasons import MOMENTS
from gapura.access.roles import ROLES
from gapura.access.rules.workbook import Cell, Sheet, workbook
from gapura.documents.services import make_pdf
from gapura.kernel import clock
from gapura.kernel.texts import said

_PACKAGE, _LANGUAGE = "gapura.access", "id"
# Agencies and the platform keep the time of the capital.
_ZONE = ZoneInfo(clock.JAKARTA)


def register_xlsx(month: date, found: Recap, rows: Sequence[RegisterRow]) -> bytes:
    """Two sheets in the reader's language: the register and the recap."""
    above = [f"{_title(found)}, {_month(month)}"]
    return workbook(
        (
            Sheet(_("Request register"), _columns(), [_cells(row) for row in rows], above),
            Sheet(_("Monthly recap"), _recap_columns(), _recap_cells(found), above),
        )
    )


def register_pdf(month: date, found: Recap, rows: Sequence[RegisterRow]) -> bytes:
    """The same on paper, in Indonesian, with the place where the head signs."""
    with override(_LANGUAGE):
        data = {
            "title": _("Register of access requests"),
            "language": _LANGUAGE,
            "agency": found.scope.agency_name or _("The platform"),
            "made": _("Made on %(day)s") % {"day": _day(clock.today())},
            "facts": [
                [_("Agency"), found.scope.agency_name or _("All, decided one level up")],
                [_("Month"), _month(month)],
                [_("Requests"), str(len(rows))],
            ],
            "recap": [[_shown(cell) for cell in line] for line in _recap_cells(found)],
            "rows": [_printed(row) for row in rows],
            "words": _words(found),
        }
        return make_pdf(_PACKAGE, "papers/register.typ", data).content


def _words(found: Recap) -> dict[str, Any]:
    return {
        "page": _("Page"),
        "recap": _("Monthly recap"),
        "recap_columns": _recap_columns(),
        "register": _("Request register"),
        "columns": _columns(),
        "nothing": _("No request was decided in this month."),
        "place_day": "…………………………, " + _day(clock.today()),
        "head": _("Head of %(agency)s") % {"agency": found.scope.agency_name or _("the platform")},
        "line": "……………………………………………………",
        "nip": "NIP",
    }


def _title(found: Recap) -> str:
    whose = found.scope.agency_name or _("The platform")
    return f"{_('Register of access requests')}, {whose}"


def _columns() -> list[str]:
    return [
        _("Reference"),
        _("Applicant"),
        _("Role"),
        _("Where"),
        _("Letter number"),
        _("Sent in"),
        _("Decided"),
        _("Decided by"),
        _("Outcome"),
        _("Hours"),
    ]


def _recap_columns() -> list[str]:
    return [
        _("Where"),
        _("Role"),
        _("Submitted"),
        _("Approved"),
        _("Rejected"),
        _("Sent back"),
        _("Moved one level up"),
        _("Median hours"),
    ]


def _cells(row: RegisterRow) -> list[Cell]:
    return [
        row.reference,
        row.applicant,
        said(ROLES[row.role].name),
        row.place,
        row.letter,
        row.submitted_at.astimezone(_ZONE),
        row.decided_at.astimezone(_ZONE),
        row.decided_by,
        said(MOMENTS[row.outcome]),
        round(row.hours, 1),
    ]


def _printed(row: RegisterRow) -> list[str]:
    return [_shown(cell) for cell in _cells(row)]


def _recap_cells(found: Recap) -> list[list[Cell]]:
    lines = [_recap_line(line) for line in found.lines]
    total = _recap_line(found.total)
    return [*lines, [_("Total"), "", *total[2:]]]


def _recap_line(line: RecapLine) -> list[Cell]:
    role = said(ROLES[line.role].name) if line.role in ROLES else ""
    counts = (line.submitted, line.approved, line.rejected, line.sent_back, line.escalated)
    hours = None if line.hours is None else round(line.hours, 1)
    return [line.place, role, *counts, hours]


def _shown(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return format_decimal(cell, format="0.0", locale=_LANGUAGE)
    return f"{cell:%d-%m-%Y %H.%M}" if hasattr(cell, "hour") else str(cell)


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=_LANGUAGE)


def _month(day: date) -> str:
    return format_date(day, "MMMM y", locale=get_language() or _LANGUAGE)
