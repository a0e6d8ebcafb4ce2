"""/requests/<id>/place: the unit in the agency, and from which agency one moves here."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import AlreadyOpen, DraftChanged
from gapura.access.queries import ROLES, DraftView, draft_view, grants_of
from gapura.access.services import save_draft
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import units_of
from gapura.web.requests.editing import asked_back, is_editable, onward, page_of
from gapura.web.shell.forms import ChoiceField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_STAYS = "-"


class PlaceForm(Form):
    """The unit where the role is held at one, and the agency left behind where there is one."""

    unit = ChoiceField(label=lazy("Unit (satker)"), look="select", missing=lazy("Choose the unit."))
    leaves = ChoiceField(
        label=lazy("Do you move here from another agency?"),
        hint=lazy("Then the agency before is asked to release you, and no role stays double."),
        missing=lazy("Say whether you move here from another agency."),
    )

    def __init__(self, draft: DraftView, left: dict[str, str], data: Any = None) -> None:
        super().__init__(data, initial={"unit": draft.place.unit, "leaves": draft.leaves or _STAYS})
        unit: Any = self.fields["unit"]
        first = _("The whole agency") if draft.bounded else _("Choose a unit")
        rows = units_of(draft.place.agency)
        unit.choices = [("", first), *((row.code, row.name) for row in rows)]
        if draft.bounded:
            unit.required = False
            unit.help_text = _(
                "Choose a unit only if the letter makes you its verifier: you then decide for it "
                "and for what lies below it."
            )
        elif not ROLES[draft.role].needs_unit:
            del self.fields["unit"]
        leaves: Any = self.fields["leaves"]
        leaves.choices = [
            (_STAYS, _("No")),
            *((code, _("Yes, from %(name)s") % {"name": name}) for code, name in left.items()),
        ]
        if not left:
            del self.fields["leaves"]


def choose(request: Request, request_id: UUID) -> HttpResponse:
    """GET asks; POST keeps it and goes on with what is left to do."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state) or draft.renews:
        return go_to(page_of(request_id))
    if not draft.place.agency:
        return go_to(page_of(request_id, "company" if draft.outside else "agency"))
    left = _left(request, draft)
    if request.method == "GET":
        return _page(request, draft, PlaceForm(draft, left))
    form = PlaceForm(draft, left, request.POST)
    if form.is_valid():
        try:
            _save(request, draft, form)
        except (AlreadyOpen, FieldProblems, DraftChanged) as problem:
            form.take(problem)
        else:
            return go_to(onward(draft_view(request.actor, request_id)))
    return _page(request, draft, form, 422)


def _save(request: Request, draft: DraftView, form: PlaceForm) -> None:
    leaves = form.cleaned_data.get("leaves")
    save_draft(
        actor=request.actor,
        request_id=draft.id,
        role=draft.role,
        unit=form.cleaned_data.get("unit"),
        leaves="" if leaves == _STAYS else leaves,
        seen=request.POST.get("seen", "")[:40],
    )


def _left(request: Request, draft: DraftView) -> dict[str, str]:
    """Other agencies where the person holds a working role, by code."""
    held = (grant.place for grant in grants_of(request.actor) if grant.works)
    return {p.agency: p.agency_name for p in held if p.agency and p.agency != draft.place.agency}


def _page(request: Request, draft: DraftView, form: PlaceForm, status: int = 200) -> HttpResponse:
    values = {"form": form, "draft": draft, "role": ROLES[draft.role], "asked": asked_back(draft)}
    return render(request, "requests/place.html", values, status)
