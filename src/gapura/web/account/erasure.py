"""/account/erasure: what would go and what stays by which law; asking, and taking it back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.journeys.erasing import Picture, look
from gapura.journeys.erasing import ask as ask_to_be_erased
from gapura.kernel import clock
from gapura.privacy.errors import ErasureObstructed, ErasureOpen
from gapura.privacy.queries import own_erasure, undo_hours
from gapura.privacy.services import undo_erasure
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import CheckField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import ERASURES

HERE = "/account/erasure"


class EraseForm(Form):
    """That the person knows what it means."""

    understood = CheckField(
        label=lazy("I know that nobody can bring my data back, and that I lose this account.")
    )


def show(request: Request) -> HttpResponse:
    """How it stands; without an open one, what would happen."""
    return _page(request, EraseForm())


def ask(request: Request) -> HttpResponse:
    """Begin the time in which it can be taken back."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        ask_to_be_erased(actor=request.actor)
    except (ErasureObstructed, ErasureOpen):
        # The page says why.
        return _page(request, EraseForm(), 409)
    flash.say(request, "success", _("You have asked to be erased. You can still take it back."))
    return go_to(HERE)


def undo(request: Request) -> HttpResponse:
    """The owner takes it back."""
    undo_erasure(actor=request.actor)
    flash.say(request, "success", _("It is taken back. Nothing was erased."))
    return go_to(HERE)


def _page(request: Request, form: EraseForm, status: int = 200) -> HttpResponse:
    found, grant = look(actor=request.actor), request.actor.grant
    values = {
        "form": form,
        "erasure": own_erasure(request.actor),
        "states": ERASURES,
        "goes": sorted({tr(one.title) for one in found.goes}),
        "stays": _by_law(found),
        "obstacles": found.obstacles,
        "hours": undo_hours(),
        "zone": grant.zone if grant else clock.JAKARTA,
    }
    return render(request, "account/erasure.html", values, status)


def _by_law(found: Picture) -> list[tuple[str, list[str]]]:
    """What stays, together where one law keeps it."""
    laws: dict[str, list[str]] = {}
    for one, way in found.stays:
        laws.setdefault(tr(way), []).append(tr(one.title))
    return list(laws.items())
