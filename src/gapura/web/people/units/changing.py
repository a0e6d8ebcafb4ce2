"""Renaming, moving, merging and closing: one page each, with what it means for the people there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.queries import touched_by
from gapura.journeys import places
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.texts import N_
from gapura.organizations.errors import NoSuchUnit
from gapura.organizations.permissions import Can
from gapura.organizations.queries import agency_page, change_for, unit_page, units_of
from gapura.web.people.units import forms
from gapura.web.people.units.shown import HERE, TABLES
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.pages import View, render
from gapura.web.shell.requests import Request, go_to

AGENCIES = "/people/agencies"
# Before the name of a part, once for each level.
INDENT = "\u2013 "


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of change: its words, its form, and the deed."""

    title: str
    button: str
    warning: str
    form: type[forms.ChangeForm]
    do: Callable[[Actor, str, Any], None]


def _rename(actor: Actor, code: str, form: Any) -> None:
    name = form.cleaned_data["name"]
    places.rename_unit(actor=actor, code=code, name=name, decreed=form.decreed())


def _move(actor: Actor, code: str, form: Any) -> None:
    parent = form.cleaned_data["parent"]
    places.move_unit(actor=actor, code=code, parent=parent, decreed=form.decreed())


def _merge(actor: Actor, code: str, form: Any) -> None:
    said = form.cleaned_data
    places.merge_unit(
        actor=actor, code=code, successor=said["successor"], grants=said["grants"],
        decreed=form.decreed(),
    )  # fmt: skip


def _close(actor: Actor, code: str, form: Any) -> None:
    places.close_unit(actor=actor, code=code, decreed=form.decreed())


def _rename_agency(actor: Actor, code: str, form: Any) -> None:
    name = form.cleaned_data["name"]
    places.rename_agency(actor=actor, code=code, name=name, decreed=form.decreed())


def _close_agency(actor: Actor, code: str, form: Any) -> None:
    successor = form.cleaned_data["successor"].strip()
    places.close_agency(actor=actor, code=code, decreed=form.decreed(), successor=successor)


_NAME = N_("Papers that were signed before that day keep the old name.")
_TREE = N_(
    "Whoever leads or verifies a unit above it reaches it from that day on; those above it now do"
    " not any more."
)
_MERGE = N_(
    "From that day on nothing new begins in this unit. Requests that wait go along, its parts lie"
    " below the other unit, and everybody with a role there is told now."
)
_END = N_("From that day on no role there works any more. Everybody with a role there is told now.")
UNIT_ACTS = {
    "rename": Act(N_("Rename this unit"), N_("Rename it"), _NAME, forms.RenameForm, _rename),
    "move": Act(N_("Move this unit"), N_("Move it"), _TREE, forms.MoveForm, _move),
    "merge": Act(N_("Merge this unit"), N_("Merge it"), _MERGE, forms.MergeForm, _merge),
    "close": Act(N_("Close this unit"), N_("Close it"), _END, forms.CloseForm, _close),
}
AGENCY_ACTS = {
    "rename": Act(
        N_("Rename this agency"), N_("Rename it"), _NAME, forms.RenameForm, _rename_agency
    ),
    "close": Act(
        N_("Close this agency"), N_("Close it"), _END, forms.CloseAgencyForm, _close_agency
    ),
}


def unit_act(verb: str, right: Can) -> View:
    """The view of one change of a unit, for which one needs that right."""
    act = UNIT_ACTS[verb]

    def view(request: Request, code: str) -> HttpResponse:
        page = unit_page(request.actor, code, right)
        if not page.may_change:
            raise NoSuchUnit()
        others = [
            (each.code, "\u2013 " * (each.path.count("/") - 1) + each.name)
            for each in units_of(page.agency)
            if each.code != code
        ]
        touched = touched_by(agency=page.agency, unit=code)
        values = {"name": page.line.name, "zone": page.zone, "touched": touched}
        return _change(request, act, code, f"{HERE}/{code}", values, others)

    return view


def agency_act(verb: str) -> View:
    """The view of one change of an agency."""
    act = AGENCY_ACTS[verb]

    def view(request: Request, code: str) -> HttpResponse:
        page = agency_page(request.actor, code)
        values = {"name": page.name, "zone": clock.JAKARTA, "touched": touched_by(agency=code)}
        return _change(request, act, code, f"{AGENCIES}/{code}", values, [])

    return view


def _change(
    request: Request, act: Act, code: str, back: str, values: dict[str, Any],
    others: list[tuple[str, str]],
) -> HttpResponse:  # fmt: skip
    if request.method == "GET":
        form = act.form(initial={"from_day": clock.today(values["zone"]).isoformat()})
    else:
        form = act.form(request.POST)
    form.offer(others)
    values |= {"act": act, "form": form, "back": back}
    if request.method == "GET":
        return render(request, "people/unit_change.html", values)
    if form.is_valid() and _done(request, act, code, form):
        flash.say(request, "success", _("Decided. Everybody with a role there is told."))
        return go_to(back)
    return render(request, "people/unit_change.html", values, 422)


def _done(request: Request, act: Act, code: str, form: forms.ChangeForm) -> bool:
    try:
        act.do(request.actor, code, form)
    except FieldProblems as problem:
        form.take(problem)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        form.take(problem)
    else:
        return True
    return False


def cancel(request: Request, change_id: UUID) -> HttpResponse:
    """A decided change is taken back before its day."""
    change, back = change_for(request.actor, change_id)
    form = forms.CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            places.take_back(actor=request.actor, change=change_id, reason=reason)
        except Problem as problem:
            if problem.status in (403, 404):
                raise
            form.refuse("reason", problem)
        else:
            flash.say(request, "success", _("Taken back. Everybody who was told of it is told."))
            return go_to(f"{HERE}/{back[1]}" if back[1] else f"{AGENCIES}/{back[0]}")
    values = {
        "form": form,
        "change": change,
        "kind": tr(TABLES["kinds"][change.kind]),
        "back": f"{HERE}/{back[1]}" if back[1] else f"{AGENCIES}/{back[0]}",
    }
    return render(request, "people/unit_cancel.html", values, 422 if form.errors else 200)
