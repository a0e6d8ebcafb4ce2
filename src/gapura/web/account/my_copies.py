"""/account/data/copies: a copy of everything, asked for, made in the background, fetched."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.privacy.errors import RequestOpen
from gapura.privacy.queries import copy_for, newest_copy
from gapura.privacy.services import ask_for_copy, fetch_copy
from gapura.web.account.my_data import HERE, zone_of
from gapura.web.shell.downloads import saved
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

COPIES = f"{HERE}/copies"


def ask(request: Request) -> HttpResponse:
    """Let one be made; a doubled click leads to the one that is."""
    try:
        found = ask_for_copy(actor=request.actor)
    except RequestOpen:
        waiting = newest_copy(request.actor)
        if waiting is None or not waiting.works:
            raise
        found = waiting.id
    return SeeOther(f"{COPIES}/{found}")


def show(request: Request, copy_id: UUID) -> HttpResponse:
    """How far it is, and its files; a script asks for the middle part alone."""
    found = copy_for(request.actor, copy_id)
    if request.by_script:
        if not found.works:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "account/my_copy_progress.html", {"copy": found})
    crumbs = [{"text": _("Your data"), "href": HERE}, {"text": found.reference}]
    values = {"copy": found, "crumbs": crumbs, "zone": zone_of(request)}
    return render(request, "account/my_copy.html", values)


def data(request: Request, copy_id: UUID) -> HttpResponse:
    """The JSON file, after a fresh proof."""
    return saved(fetch_copy(actor=request.actor, copy_id=copy_id, form="json"))


def paper(request: Request, copy_id: UUID) -> HttpResponse:
    """The PDF, after a fresh proof."""
    return saved(fetch_copy(actor=request.actor, copy_id=copy_id, form="pdf"))
