"""The monthly report as a PDF: tagged pages with a picture and a table for each figure."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from gapura.documents.services import make_pdf
from gapura.kernel.texts import said
from gapura.reports.models import MonthlyReport
from gapura.reports.rules.pictures import HEAT, STACKED, Picture, Row, opened
from gapura.reports.services.wording import TITLE, amount, column_words, label, month_name, told_at

_PACKAGE = "gapura.reports"


def monthly_pdf(row: MonthlyReport, place: str, language: str) -> bytes:
    """The pages of one month in `language`; the same figures make the same bytes."""
    with override(language):
        data = {
            "language": language,
            "title": said(TITLE),
            "place": place or _("The whole platform"),
            "month": month_name(row.month),
            "facts": _facts(row),
            "pictures": [_picture(each) for each in opened(row.pictures)],
            "words": {
                "page": _("Page"),
                "none": _("Nothing was counted here."),
                "standing": _(
                    "Queues, ends of access and second factors are as they stood when they were "
                    "counted."
                ),
                "proof": _("Proof in the activity log"),
                "proof_says": _(
                    "When these figures were counted, the activity log stood at this checkpoint. "
                    "Compare number and root with those that your agency or a witness keeps."
                ),
            },
            "proof": _proof(row),
        }
        return make_pdf(_PACKAGE, "papers/monthly.typ", data).content


def _facts(row: MonthlyReport) -> list[list[str]]:
    return [
        [_("Period"), month_name(row.month)],
        [_("Counted at"), told_at(row.made_at)],
    ]


def _proof(row: MonthlyReport) -> list[list[str]]:
    return [
        [_("Checkpoint"), str(row.checkpoint)],
        [_("Entries in the log"), str(row.size)],
        [_("Root (SHA-256)"), row.root],
    ]


def _picture(picture: Picture) -> dict[str, Any]:
    columns = column_words(picture)
    return {
        "title": said(picture.title),
        "says": said(picture.says),
        "heat": picture.kind == HEAT,
        "empty": picture.empty,
        "head": said(picture.head),
        "columns": columns,
        "rows": [_row(picture, row) for row in picture.rows],
        "bars": _bars(picture) if picture.kind != HEAT else [],
        "legend": columns if picture.kind == STACKED else [],
        "alt": _("Chart: %(title)s. The same numbers are in the table below it.")
        % {"title": said(picture.title)},
    }


def _row(picture: Picture, row: Row) -> dict[str, Any]:
    most = max((max(each.values) for each in picture.rows), default=0) or 1
    return {
        "label": label(picture, row),
        "values": [amount(picture, value) for value in row.values],
        "shades": [round(100 * value / most) for value in row.values],
    }


def _bars(picture: Picture) -> list[list[float]]:
    """Of each row the lengths of its parts, in percent of the longest."""
    first_only = picture.kind != STACKED
    return [
        [round(100 * value / picture.most, 2) for value in row.values[: 1 if first_only else None]]
        for row in picture.rows
    ]
