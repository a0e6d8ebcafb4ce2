"""POST /requests/queue/filters: keep a way of looking at the queue under a name, or delete it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import BadFilter, NoSuchFilter
from gapura.access.services import drop_filter, save_filter
from gapura.web.requests.queue import KeepForm, board, filters_of
from gapura.web.shell import flash
from gapura.web.shell.requests import Request, go_to

QUEUE = "/requests/queue"


def keep(request: Request) -> HttpResponse:
    """Keep it and stay in the queue; whoever opens the address gets the queue."""
    if request.method == "GET":
        return go_to(QUEUE)
    form = KeepForm(request.POST)
    filters = filters_of(request.actor, request.POST)
    if form.is_valid():
        try:
            save_filter(actor=request.actor, name=form.cleaned_data["name"], filters=filters)
        except BadFilter as problem:
            form.take(problem)
        else:
            flash.say(request, "success", _("Kept. You find it above the queue."))
            return go_to(QUEUE)
    return board(request, request.POST, wrong=form)


def drop(request: Request, filter_id: UUID) -> HttpResponse:
    """Delete it. Doing it twice ends on the same page."""
    if request.method == "POST":
        try:
            drop_filter(actor=request.actor, filter_id=filter_id)
        except NoSuchFilter:
            return go_to(QUEUE)
        flash.say(request, "info", _("The filter was deleted."))
    return go_to(QUEUE)
