"""GET /letters: the register of the agency, or for the platform of all."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import ROLES
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.organizations.permissions import Can
from gapura.organizations.queries import (
    LetterFilters,
    LetterList,
    register_letters,
    units_of,
)
from gapura.web.letters.words import LETTERS
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

LIVE = N_("Living letters")


class FilterForm(Form):
    """Optional: part of a number, signer or reference; one unit."""

    text = TextField(label=lazy("Number, signer or reference"), longest=100, required=False)
    unit = ChoiceField(label=lazy("Unit (satker)"), look="select", required=False)

    def __init__(self, actor: Actor, *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["unit"]
        rows = units_of(actor.agency) if actor.agency else ()
        field.choices = [("", _("All units")), *((row.code, row.name) for row in rows)]


def letters(request: Request) -> HttpResponse:
    """One page of 40 with its states and filters, all of them in the address."""
    form = FilterForm(request.actor, request.GET)
    filters = _filters(request, form.cleaned_data if form.is_valid() else {})
    found = register_letters(request.actor, filters)
    values = {
        "filter": form,
        "form": form if form.errors else None,
        "filters": filters,
        "found": found,
        "views": _views(filters, found),
        "base": f"{_address(filters)}&page=",
        "clear": _address(LetterFilters(state=filters.state))
        if filters.text or filters.unit
        else "",
        "may_enter": may(request.actor, Can.ENTER_LETTER),
        "states": LETTERS,
        "roles": ROLES,
        "wide": not request.actor.agency,
    }
    return render(request, "letters/list.html", values, 422 if form.errors else 200)


def _filters(request: Request, chosen: dict[str, Any]) -> LetterFilters:
    state, typed = request.GET.get("state", ""), request.GET.get("page", "")[:6]
    return LetterFilters(
        state=state if state in LETTERS else "",
        text=chosen.get("text", ""),
        unit=chosen.get("unit", ""),
        page=int(typed) if typed.isascii() and typed.isdigit() else 1,
    )


def _address(filters: LetterFilters, state: str | None = None) -> str:
    asked = {
        "state": filters.state if state is None else state,
        "text": filters.text,
        "unit": filters.unit,
    }
    return f"/letters?{urlencode(asked)}"


def _views(filters: LetterFilters, found: LetterList) -> list[dict[str, Any]]:
    living = found.counts["entered"] + found.counts["checked"]
    tabs = [("", tr(LIVE), living)]
    tabs += [(state, tr(word[0]), found.counts[state]) for state, word in LETTERS.items()]
    return [
        {
            "text": text,
            "value": state,
            "href": _address(filters, state),
            "count": count,
            "current": state == filters.state,
        }
        for state, text, count in tabs
    ]
