"""A company's list of people as a file, for its own papers."""

import csv
import io
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from gapura.access import events
from gapura.access.duties import DUTY_NAMES
from gapura.access.permissions import Can
from gapura.access.queries.staff import Member, everybody_of
from gapura.access.roles import ROLES
from gapura.access.rules.officers import safe_cell
from gapura.access.rules.workbook import Cell, Sheet, workbook
from gapura.audit.events import Subject
from gapura.audit.services import record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_, said
from gapura.organizations.queries import company as company_view

XLSX, CSV = "xlsx", "csv"
_STATES = {
    "approved": N_("Waits for activation"),
    "active": N_("Active"),
    "suspended": N_("Suspended"),
}


def staff_file(*, actor: Actor, form: str) -> bytes:
    """Everybody of the company that the actor administers, as `csv` or `xlsx`; the log tells it.

    In the reader's language. E-mail addresses, telephone and identity numbers are not in it: they
    are the people's own.

    :raises Refused: not the company's administrator, or not strongly signed in.
    """
    require(actor, Can.DOWNLOAD_STAFF)
    found = everybody_of(actor)
    company = actor.grant.company if actor.grant else ""
    record(
        actor,
        events.STAFF_DOWNLOADED,
        Subject("company", company),
        facts={"company": company, "rows": len(found), "format": form},
    )
    return _xlsx(company, found) if form == XLSX else _csv(found)


def _headings() -> list[str]:
    return [
        _("Name"),
        _("Username"),
        _("Role"),
        _("What they may do"),
        _("State"),
        _("Since"),
    ]


def _cells(row: Member) -> list[Cell]:
    return [
        row.name,
        row.username,
        said(ROLES[row.role].name),
        ", ".join(said(DUTY_NAMES[code]) for code in row.does),
        said(_STATES[row.state]),
        row.since.astimezone(ZoneInfo(clock.JAKARTA)),
    ]


def _xlsx(company: str, found: tuple[Member, ...]) -> bytes:
    above = [f"{_('People of the company')}, {company_view(company).name}"]
    rows = [_cells(row) for row in found]
    return workbook((Sheet(_("People of the company"), _headings(), rows, above),))


def _csv(found: tuple[Member, ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_headings())
    for row in found:
        *texts, since = _cells(row)
        told = f"{since:%Y-%m-%d %H:%M}"
        writer.writerow([*(safe_cell(str(cell)) for cell in texts), told])
    # The mark lets spreadsheets see that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")
