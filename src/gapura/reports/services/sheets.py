"""The monthly report as a workbook: one sheet a figure, numbers as numbers, no formulas."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from gapura.kernel.texts import said
from gapura.reports.models import MonthlyReport
from gapura.reports.rules.pictures import MONEY, Picture, opened
from gapura.reports.services.wording import TITLE, column_words, label, month_name, told_at

# Whatever somebody called an agency stays text: no formula, no link, no number (CWE-1236).
_SAFE = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
Write = Callable[..., Any]


def monthly_xlsx(row: MonthlyReport, place: str, language: str) -> bytes:
    """The workbook of one month in `language`."""
    target = BytesIO()
    with override(language), xlsxwriter.Workbook(target, dict(_SAFE)) as book:
        bold = book.add_format({"bold": True})
        whole = book.add_format({"num_format": "#,##0"})
        money = book.add_format({"num_format": '"Rp"#,##0'})
        _cover(book.add_worksheet(_sheet_name(0, _("Report"))), row, place, bold)
        for number, picture in enumerate(opened(row.pictures), start=1):
            sheet = book.add_worksheet(_sheet_name(number, said(picture.title)))
            _figure(sheet, picture, bold, money if picture.measure == MONEY else whole)
    return target.getvalue()


def _cover(sheet: Any, row: MonthlyReport, place: str, bold: Any) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, said(TITLE), bold)
    lines = (
        (_("Agency"), place or _("The whole platform")),
        (_("Period"), month_name(row.month)),
        (_("Counted at"), told_at(row.made_at)),
        (_("Checkpoint"), str(row.checkpoint)),
        (_("Entries in the log"), str(row.size)),
        (_("Root (SHA-256)"), row.root),
    )
    for place_, (name, value) in enumerate(lines, start=2):
        sheet.write_string(place_, 0, name)
        sheet.write_string(place_, 1, value)


def _figure(sheet: Any, picture: Picture, bold: Any, number: Any) -> None:
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, max(1, len(picture.columns)), 16)
    sheet.write_string(0, 0, said(picture.title), bold)
    sheet.write_string(1, 0, said(picture.says))
    for place, name in enumerate([said(picture.head), *column_words(picture)]):
        sheet.write_string(3, place, name, bold)
    for line, row in enumerate(picture.rows, start=4):
        sheet.write_string(line, 0, label(picture, row))
        for place, value in enumerate(row.values, start=1):
            sheet.write_number(line, place, value, number)


def _sheet_name(number: int, title: str) -> str:
    """Short, and unlike any other: Excel refuses two sheets of one name."""
    return f"{number} {title.translate(_FORBIDDEN)}"[:_LONGEST_NAME].strip()
