"""409: the order has gone on meanwhile. Says what happened, where it stands and what comes next."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.problems import Overtaken
from gapura.purchasing.errors import PriceChanged
from gapura.purchasing.queries import OrderView
from gapura.web.orders.acts import page_of
from gapura.web.orders.facing import heading
from gapura.web.orders.words import tables
from gapura.web.shell.errors import todo_of, what_of
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

LATE = 409


def overtaken(request: Request, view: OrderView, problem: Overtaken | None) -> HttpResponse:
    """The page for a step that came too late or too early; nothing was changed by it."""
    values = {
        "view": view,
        "heading": heading(request.actor, view),
        "what": what_of(problem) if problem else _("This step cannot be taken now."),
        "todo": todo_of(problem) if problem else _("Look at the order: it says what comes next."),
        "address": page_of(view.id),
        **tables(),
    }
    return render(request, "orders/overtaken.html", values, LATE)


def prices_changed(request: Request, view: OrderView, problem: PriceChanged) -> HttpResponse:
    """Old and new side by side, with the button that takes the new ones over."""
    values = {
        "view": view,
        "heading": heading(request.actor, view),
        "changes": problem.changes,
        "address": page_of(view.id),
    }
    return render(request, "orders/changed.html", values, LATE)
