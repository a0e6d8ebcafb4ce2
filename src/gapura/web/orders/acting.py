"""The page of a step: its form on GET, the step on POST, and kind answers to whoever is late."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.permissions import Refused, require
from gapura.kernel.problems import Busy, Missing, Overtaken, Problem
from gapura.purchasing.errors import PriceChanged
from gapura.purchasing.queries import OrderView, order_for
from gapura.web.orders.acts import Act, page_of
from gapura.web.orders.facing import heading, part
from gapura.web.orders.overtaken import overtaken, prices_changed
from gapura.web.orders.words import tables
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import View, render
from gapura.web.shell.requests import Request, go_to

# These are pages of their own; all other refusals are shown at the form with what was typed.
_PAGES = (Missing, Busy)


def stepping(act: Act) -> View:
    """The view of one step."""

    def step(request: Request, order_id: UUID) -> HttpResponse:
        view = order_for(request.actor, order_id)
        if not act.is_open(view):
            return _not_open(request, view, act)
        if request.method == "POST":
            return _posted(request, view, act)
        return _page(request, view, act, act.form(view, None, None))

    step.__name__ = f"{act.verb}_order"
    return step


def _posted(request: Request, view: OrderView, act: Act) -> HttpResponse:
    form = act.form(view, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, view, act, form)
    try:
        act.do(request.actor, view, form.cleaned_data)
    except _PAGES:
        raise
    except PriceChanged as problem:
        return prices_changed(request, view, problem)
    except Problem as problem:
        return _refused(request, act, form, problem, view.id)
    flash.say(request, "success", tr(act.done))
    return go_to(page_of(view.id, act.then))


def _refused(
    request: Request, act: Act, form: Form, problem: Problem, order_id: UUID
) -> HttpResponse:
    """A second click finds its step done; others read what happened, with what they typed."""
    now = order_for(request.actor, order_id)
    if not act.is_open(now) and _is_repeated(request, now, act):
        return go_to(page_of(order_id))
    if isinstance(problem, Refused):
        raise problem
    if isinstance(problem, Overtaken):
        return overtaken(request, now, problem)
    form.take(problem)
    return _page(request, now, act, form)


def _not_open(request: Request, view: OrderView, act: Act) -> HttpResponse:
    """A doubled click ends on the order; a role that never may reads why; others are late.

    :raises Refused: this person cannot do it, whatever the state.
    """
    if request.method == "POST" and _is_repeated(request, view, act):
        return go_to(page_of(view.id))
    require(request.actor, act.permission, view.facts)
    return overtaken(request, view, None)


def _is_repeated(request: Request, view: OrderView, act: Act) -> bool:
    """The newest thing that happened is this very step, by this person."""
    last = view.moments[-1] if view.moments else None
    return last is not None and last.verb == act.verb and last.person == request.actor.name


def _page(request: Request, view: OrderView, act: Act, form: Form) -> HttpResponse:
    values: dict[str, Any] = {
        "act": act,
        "view": view,
        "form": form,
        "heading": heading(request.actor, view),
        "address": page_of(view.id),
        "multipart": form.is_multipart(),
        "cancel": _("Back to the order"),
        **tables(),
        **part(request.actor),
    }
    return render(request, act.template, values, 422 if form.errors else 200)
