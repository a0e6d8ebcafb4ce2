"""A curator freezes a product, lets it go on, or takes it out of the catalog for good."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from gapura.catalog.permissions import Can
from gapura.catalog.queries import product_for
from gapura.catalog.services import freeze_product, take_down_product, unfreeze_product
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.kernel.texts import N_
from gapura.web.catalog.decision_forms import FreezeForm, NoteForm
from gapura.web.shell.display import tr
from gapura.web.shell.flash import say
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a curator: its words, its form, its service."""

    verb: str
    permission: Can
    form: type[NoteForm]
    do: Callable[..., None]
    title: str
    means: tuple[str, ...]
    button: str
    done: str
    look: str = "warning"

    @property
    def name(self) -> str:
        """The verb as the product's page knows it."""
        return self.verb.replace("-", "_")


FREEZE = Act(
    "freeze",
    Can.FREEZE,
    FreezeForm,
    freeze_product,
    N_("Freeze this product"),
    (
        N_("Buyers still see it, with the word “Frozen”, and cannot order it."),
        N_("Running orders go on."),
        N_("The company reads the reason and your note."),
    ),
    N_("Freeze"),
    N_("%(name)s is frozen."),
)
UNFREEZE = Act(
    "unfreeze",
    Can.UNFREEZE,
    NoteForm,
    unfreeze_product,
    N_("Let this product be ordered again"),
    (N_("Buyers can order it at once."), N_("The company reads your note.")),
    N_("Unfreeze"),
    N_("%(name)s can be ordered again."),
    look="",
)
TAKE_DOWN = Act(
    "take-down",
    Can.TAKE_DOWN,
    FreezeForm,
    take_down_product,
    N_("Take this product down for good"),
    (
        N_("It leaves the catalog and can never come back."),
        N_("Running orders go on. The history is kept for auditors."),
        N_("The company reads the reason and your note."),
    ),
    N_("Take down"),
    N_("%(name)s was taken down."),
)


def freeze(request: Request, product_id: UUID) -> HttpResponse:
    """Stop new orders."""
    return _page(request, product_id, FREEZE)


def unfreeze(request: Request, product_id: UUID) -> HttpResponse:
    """Let it be ordered again."""
    return _page(request, product_id, UNFREEZE)


def take_down(request: Request, product_id: UUID) -> HttpResponse:
    """Out of the catalog for good."""
    return _page(request, product_id, TAKE_DOWN)


def _page(request: Request, product_id: UUID, act: Act) -> HttpResponse:
    view = product_for(request.actor, product_id)
    require(request.actor, act.permission, view)
    if act.name not in view.can:
        raise NoSuchMove()
    form = act.form(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            act.do(actor=request.actor, product=product_id, **_given(form))
        except FieldProblems as problems:
            form.take(problems)
        else:
            say(request, "success", tr(act.done, name=view.name))
            return go_to(f"/catalog/{product_id}")
    values = {"form": form, "product": view, "act": act}
    return render(request, "catalog/curating.html", values, 422 if form.errors else 200)


def _given(form: NoteForm) -> dict[str, Any]:
    given = form.cleaned_data
    reason = {"reason_code": given["reason"]} if "reason" in given else {}
    return {**reason, "note": given["note"]}
