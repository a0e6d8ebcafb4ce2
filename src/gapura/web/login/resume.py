"""/login/continue/<id>: the form that was open when the last sign-in ended."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.errors import NoKeptForm
from gapura.authentication.queries import KeptView, kept_form
from gapura.authentication.services import settle_form
from gapura.web.help.deeds import DEEDS
from gapura.web.login.onward import onward
from gapura.web.shell import flash
from gapura.web.shell.kept import DRAFTS, page_at
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther


class SameAgain(SeeOther):
    """307: the browser sends the very same form once more, to the page that it was made for."""

    status_code = 307


@dataclass(frozen=True, slots=True)
class Line:
    """One field as people read it."""

    key: str
    value: str


def show(request: Request, form_id: UUID) -> HttpResponse:
    """What was typed, and where it is sent again, that choice. Another person's is not found."""
    kept = kept_form(request.actor, form_id)
    page, name = page_at(kept.path)
    context = {
        "kept": kept,
        "title": DRAFTS.get(name) or DEEDS.get(page.permission if page else "", ""),
        "opens": kept.path if page and "GET" in page.methods else "",
        "goes_on": name in DRAFTS,
        "lines": _lines(kept),
        "onward": onward(request),
    }
    return render(request, "login/resume.html", context)


def take(request: Request, form_id: UUID) -> HttpResponse:
    """Send it again: the fields stand in this page's form, which goes on to theirs.

    :raises NoKeptForm: what it would do is more than writing something down.
    """
    kept = kept_form(request.actor, form_id)
    if page_at(kept.path)[1] not in DRAFTS:
        raise NoKeptForm()
    settle_form(actor=request.actor, form=form_id, outcome="continued")
    return SameAgain(kept.path)


def discard(request: Request, form_id: UUID) -> HttpResponse:
    """Throw it away."""
    settle_form(actor=request.actor, form=form_id, outcome="discarded")
    flash.say(request, "success", _("What you had typed was thrown away."))
    return SeeOther(onward(request))


def _lines(kept: KeptView) -> list[Line]:
    """Names become words; what is empty says nothing."""
    return [
        Line(name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, value in kept.fields
        if value.strip()
    ]
