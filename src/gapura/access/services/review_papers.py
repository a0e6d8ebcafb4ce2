"""The recap of an access review for the auditors, as CSV or on paper; taking it is recorded."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from gapura.access import events
from gapura.access.errors import ReviewTooLarge
from gapura.access.kinds import OVERDUE, REMOVAL_REASONS, REVIEW_LEVELS
from gapura.access.models import Review
from gapura.access.permissions import Can
from gapura.access.queries.review_lines import LineRow, every_line
from gapura.access.queries.reviews import DeskProgress, ReviewRow, progress_of, review_for
from gapura.access.roles import ROLES
from gapura.access.rules.officers import safe_cell
from gapura.access.services.review_notices import note_review
from gapura.documents.queries import Download
from gapura.documents.services import make_pdf
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_, said

_PACKAGE, _LANGUAGE = "gapura.access", "id"
_ZONE = ZoneInfo(clock.JAKARTA)
STATES: dict[str, str] = {
    "open": N_("Waiting for an answer"),
    "confirmed": N_("Confirmed"),
    "removed": N_("Access ended"),
    "gone": N_("Ended meanwhile"),
    "kept": N_("Not confirmed"),
    "suspended": N_("Suspended, not confirmed"),
    "lapsed": N_("Ended, not confirmed"),
}


@dataclass(frozen=True, slots=True)
class _Kind:
    make: Callable[[ReviewRow, Sequence[DeskProgress], Sequence[LineRow]], bytes]
    media_type: str
    most: int


def download_review(*, actor: Actor, review_id: UUID, kind: str) -> Download:
    """A review line by line as `csv` or `pdf`, with what every desk answered.

    :raises NoSuchReview, Refused: not visible; not for this actor to take.
    :raises ReviewTooLarge: more lines than one such file holds.
    """
    made = KINDS[kind]
    with transaction.atomic():
        found = review_for(actor, review_id)
        review = Review.objects.get(pk=found.id)
        require(actor, Can.DOWNLOAD_REVIEW, review)
        if found.total > made.most:
            raise ReviewTooLarge(rows=found.total, most=made.most)
        rows = every_line(actor, found, made.most)
        content = made.make(found, progress_of(actor, found), rows)
        note_review(actor, events.REVIEW_DOWNLOADED, review, format=kind, rows=len(rows))
    name = f"review-{found.agency or 'platform'}-{clock.legal_day(found.opened_at)}.{kind}"
    return Download(name, made.media_type, content)


def _csv(found: ReviewRow, desks: Sequence[DeskProgress], rows: Sequence[LineRow]) -> bytes:
    """In the reader's language, as spreadsheets open it: every text stays a text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_columns())
    writer.writerows([safe_cell(cell) for cell in _cells(row)] for row in rows)
    # The mark by which spreadsheets know the encoding.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _pdf(found: ReviewRow, desks: Sequence[DeskProgress], rows: Sequence[LineRow]) -> bytes:
    """In Indonesian, with the place where the head signs."""
    with override(_LANGUAGE):
        data = {
            "title": _("Recap of the access review"),
            "language": _LANGUAGE,
            "agency": _whose(found),
            "made": _("Made on %(day)s") % {"day": _day(clock.today())},
            "facts": _facts(found),
            "desks": [_desk(one) for one in desks],
            "rows": [_cells(row) for row in rows],
            "words": _words(found),
        }
        return make_pdf(_PACKAGE, "papers/review.typ", data).content


def _facts(found: ReviewRow) -> list[list[str]]:
    return [
        [_("Agency"), _whose(found)],
        [_("Reason"), found.reason],
        [_("Basis"), said(found.basis)],
        [_("Opened"), f"{_moment(found.opened_at)}, {found.opened_by}"],
        [_("Last day to answer"), _day(found.due_on)],
        [_("What nobody answers in time"), said(OVERDUE[found.overdue])],
        [_("Accesses"), str(found.total)],
        [_("Ended"), _moment(found.ended_at) if found.ended_at else _("Not yet")],
    ]


def _words(found: ReviewRow) -> dict[str, Any]:
    return {
        "page": _("Page"),
        "desks": _("Who answered how much"),
        "desk_columns": [
            _("Who answers"),
            _("Accesses"),
            _("Waiting"),
            _("Confirmed"),
            _("Ended"),
            _("Ended meanwhile"),
            _("Not confirmed"),
        ],
        "lines": _("Access by access"),
        "columns": _columns(),
        "nothing": _("None."),
        "place_day": "…………………………, " + _day(clock.today()),
        "head": _("Head of %(agency)s") % {"agency": _whose(found)},
        "line": "……………………………………………………",
        "nip": "NIP",
    }


def _columns() -> list[str]:
    return [
        _("Name"),
        _("Username"),
        _("Role"),
        _("Unit"),
        _("Letter number"),
        _("Until"),
        _("Who answers"),
        _("Answer"),
        _("Answered by"),
        _("When"),
        _("Reason"),
    ]


def _cells(row: LineRow) -> list[str]:
    why = f"{said(REMOVAL_REASONS[row.reason_code])}. {row.reason}" if row.reason_code else ""
    return [
        row.name,
        row.username,
        said(ROLES[row.role].name),
        row.unit_name,
        row.letter,
        row.until.isoformat() if row.until else "",
        row.desk_name if row.level == "unit" else said(REVIEW_LEVELS[row.level]),
        said(STATES[row.state]),
        row.decided_by,
        _moment(row.decided_at) if row.decided_at else "",
        why,
    ]


def _desk(one: DeskProgress) -> list[str]:
    who = one.unit_name if one.level == "unit" else said(REVIEW_LEVELS[one.level])
    numbers = (one.total, one.open, one.confirmed, one.removed, one.gone, one.unanswered)
    return [who, *(str(number) for number in numbers)]


def _whose(found: ReviewRow) -> str:
    return found.agency_name or _("The platform")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(_ZONE):%d-%m-%Y %H.%M}"


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=_LANGUAGE)


# A thousand lines are fifty pages and two seconds.
KINDS = {
    "csv": _Kind(_csv, "text/csv; charset=utf-8", 50_000),
    "pdf": _Kind(_pdf, "application/pdf", 1_000),
}
