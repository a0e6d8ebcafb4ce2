"""The two files of a copy: JSON with every row for programs, a PDF for reading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gapura.documents.services import Made, make_pdf
from gapura.kernel.holdings import Holding, all_holdings
from gapura.kernel.texts import N_, said
from gapura.privacy.purposes import KINDS
from gapura.privacy.queries.held import described, line
from gapura.privacy.words import as_json, moment

_PACKAGE, _PAPER = "gapura.privacy", "papers/copy.typ"
# The PDF is for reading: of each kind of data the newest rows.
ROWS_ON_PAPER = 12
_FORMAT = "gapura-own-data/1"
_INTRO = N_(
    "UU 27/2022 gives you the right to a copy of your data (Pasal 7 and 32). This paper shows the "
    "newest rows of each kind; the JSON file of the same request has them all. Passwords, codes "
    "and keys are kept as hashes only and are in no copy."
)


@dataclass(slots=True)
class Gathered:
    """Everything as JSON, and of each holding what the PDF shows: its newest rows and how many."""

    content: bytes = b""
    rows: int = 0
    newest: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What both files say of themselves."""

    reference: str
    username: str
    name: str
    made_for: datetime
    zone: str
    language: str


def gather(person: UUID, about: About, so_far: Callable[[int], None]) -> Gathered:
    """Read every holding once, in pieces; `so_far` is told after each how many are done."""
    out, found = BytesIO(), Gathered()
    out.write(b'{"about": ' + as_json(_told(about)) + b',\n"holdings": [')
    for place, one in enumerate(all_holdings()):
        out.write(b",\n" if place else b"\n")
        _write(out, one, person, found)
        so_far(place + 1)
    out.write(b"\n]}\n")
    found.content = out.getvalue()
    return found


def _write(out: BytesIO, one: Holding, person: UUID, found: Gathered) -> None:
    """One holding: what it is and why it is kept, then each row on a line of its own."""
    out.write(as_json(_what(one))[:-1] + b', "rows": [')
    newest: list[Mapping[str, Any]] = []
    count = 0
    for row in one.read.rows(person):
        out.write((b",\n  " if count else b"\n  ") + as_json(row))
        count += 1
        newest.append(row)
        if len(newest) > 2 * ROWS_ON_PAPER:
            del newest[:ROWS_ON_PAPER]
    out.write(b"\n]}" if count else b"]}")
    found.newest[one.name] = newest[-ROWS_ON_PAPER:][::-1]
    found.counts[one.name] = count
    found.rows += count


def _what(one: Holding) -> dict[str, str]:
    told = described(one)
    return {
        "name": one.name,
        "kind": one.kind,
        "title": told.title,
        "purpose": told.purpose,
        "basis": told.basis,
        "keeps": told.keeps,
        "origin": told.origin,
    }


def paper_of(found: Gathered, about: About) -> Made:
    """The PDF; what does not fit is counted, and stands in the JSON file."""
    rows = ROWS_ON_PAPER
    while True:
        try:
            return make_pdf(_PACKAGE, _PAPER, _sheet(found, about, rows))
        except ValueError:
            if not rows:
                raise
            rows //= 2


def _sheet(found: Gathered, about: About, rows: int) -> dict[str, Any]:
    held = [one for one in all_holdings() if found.counts[one.name]]
    parts = [
        {"title": said(title), "holdings": [_part(one, found, about.zone, rows) for one in ours]}
        for kind, title in KINDS.items()
        if (ours := [one for one in held if one.kind == kind])
    ]
    nothing = [said(one.title) for one in all_holdings() if not found.counts[one.name]]
    return {
        "language": about.language,
        "title": _("A copy of your data"),
        "author": "gapura",
        "facts": [
            [_("Name"), about.name],
            [_("Username"), about.username],
            [_("Request"), about.reference],
            [_("As of"), moment(about.made_for, about.zone)],
            [_("Rows"), str(found.rows)],
        ],
        "intro": said(_INTRO),
        "parts": parts,
        "words": {"page": _("Page"), "nothing": _("Nothing is held of these kinds:")},
        "nothing": ", ".join(nothing),
    }


def _part(one: Holding, found: Gathered, zone: str, rows: int) -> dict[str, Any]:
    told = described(one)
    newest, count = found.newest[one.name][:rows], found.counts[one.name]
    more = count - len(newest)
    return {
        "title": told.title,
        "facts": [
            [_("Why"), told.purpose],
            [_("By which law"), told.basis],
            [_("How long"), told.keeps],
            [_("From where"), told.origin],
        ],
        "rows": [line(row, zone) for row in newest],
        "more": _("%(count)s more in the JSON file") % {"count": more} if more else "",
    }


def _told(about: About) -> dict[str, str]:
    return {
        "format": _FORMAT,
        "request": about.reference,
        "username": about.username,
        "name": about.name,
        "as_of": about.made_for.isoformat(),
        "law": "UU 27/2022 Pasal 7, 13, 32",
    }
