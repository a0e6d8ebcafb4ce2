"""/oversight/monthly: the reports of past months to download, and to get by mail."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gapura.documents.queries import Download
from gapura.reports.errors import NoSuchMonth
from gapura.reports.queries.monthly import Months, monthly
from gapura.reports.services.monthly import FORMATS, get_report, subscribe, unsubscribe
from gapura.web.shell.downloads import saved
from gapura.web.shell.flash import say
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_ADDRESS = "/oversight/monthly"
_LONGEST = 20


def show(request: Request) -> HttpResponse:
    """The past months, and whether one gets them by mail."""
    found = monthly(request.actor, agency=request.GET.get("agency", "")[:_LONGEST])
    values: dict[str, Any] = {
        "found": found,
        "lines": [_line(found, month) for month in found.months],
    }
    return render(request, "oversight/monthly.html", values)


def file(request: Request) -> HttpResponse:
    """One report: `month` as 2026-10, `kind` pdf or xlsx, `agency` for the platform's overseers."""
    found = get_report(
        actor=request.actor,
        month=_month(request.GET.get("month", "")),
        kind=request.GET.get("kind", ""),
        agency=request.GET.get("agency", "")[:_LONGEST],
        language=get_language() or "id",
    )
    return saved(Download(found.name, found.media_type, found.content))


def start(request: Request) -> HttpResponse:
    """POST: send me the reports by mail."""
    subscribe(actor=request.actor)
    say(request, "success", _("You are told by e-mail when the report of a month is ready."))
    return go_to(_ADDRESS)


def stop(request: Request) -> HttpResponse:
    """POST: no more of them."""
    unsubscribe(actor=request.actor)
    say(request, "success", _("You get no more e-mails about monthly reports."))
    return go_to(_ADDRESS)


def _line(found: Months, month: date) -> dict[str, Any]:
    kept = {"agency": found.scope.agency} if found.scope.agency else {}
    asked = {"month": f"{month:%Y-%m}", **kept}
    files = [
        {"text": kind.upper(), "href": f"{_ADDRESS}/file?{urlencode({**asked, 'kind': kind})}"}
        for kind in FORMATS
    ]
    return {"month": month, "files": files, "made": month in found.made}


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise NoSuchMonth() from None
