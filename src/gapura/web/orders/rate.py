"""/orders/<id>/rate: the commitment officer says how the supplier did, after the handover."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.evaluations.permissions import Can
from gapura.evaluations.queries import CRITERIA, LONGEST_NOTE, SCORES, rating_of
from gapura.evaluations.services import rate_order
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.purchasing.queries import order_for
from gapura.web.orders.acts import page_of
from gapura.web.orders.facing import heading
from gapura.web.shell.display import tr
from gapura.web.shell.flash import say
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_HINTS = {
    "quality": lazy("Was it what was ordered, whole, and enough of it?"),
    "cost": lazy("Did the price hold, without costs that nobody had told of?"),
    "time": lazy("Did it come on the promised day?"),
    "service": lazy("Did the supplier answer quickly and helpfully?"),
}


class RateForm(Form):
    """Five answers for each aspect, and a remark."""

    quality = ChoiceField(label=lazy("Quality and quantity"), inline=True)
    cost = ChoiceField(label=lazy("Cost"), inline=True)
    time = ChoiceField(label=lazy("Time"), inline=True)
    service = ChoiceField(label=lazy("Service"), inline=True)
    note = TextField(
        label=lazy("Remark (optional)"),
        hint=lazy("Auditors read it. Name no persons."),
        required=False,
        longest=LONGEST_NOTE,
        lines=True,
        rows=3,
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for name in CRITERIA:
            field: Any = self.fields[name]
            field.choices = [(str(at), f"{at} {tr(text)}") for at, text in SCORES.items()]
            field.help_text = _HINTS[name]


def rate(request: Request, order_id: UUID) -> HttpResponse:
    """The form with the answers that were given before; POST gives or changes them."""
    view = order_for(request.actor, order_id)
    require(request.actor, Can.RATE, view.facts)
    given = rating_of(request.actor, view)
    form = RateForm(request.POST) if request.method == "POST" else RateForm(initial=_first(given))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        scores = {name: int(values[name]) for name in CRITERIA}
        try:
            rate_order(actor=request.actor, order=order_id, scores=scores, note=values["note"])
        except FieldProblems as problem:
            form.take(problem)
        else:
            say(request, "success", _("Your rating of the supplier is written down."))
            return go_to(page_of(order_id))
    shown = {
        "view": view,
        "heading": heading(request.actor, view),
        "address": page_of(order_id),
        "form": form,
        "given": given,
        "names": list(CRITERIA),
    }
    return render(request, "orders/rate.html", shown, 422 if form.errors else 200)


def _first(given: Any) -> dict[str, Any]:
    if given is None:
        return {}
    return {**{name: str(score) for name, score in given.scores.items()}, "note": given.note}
