"""/catalog/<id>/labels: a company says which labels its product has; a curator verifies them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.errors import ClaimedAlready
from gapura.catalog.permissions import Can
from gapura.catalog.queries import CLAIMABLE, LABELS, ProductDetail, product_for
from gapura.catalog.services import claim_label
from gapura.documents.errors import FileRefused, GateBusy, QuotaReached
from gapura.documents.services import receive
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.kernel.texts import N_
from gapura.web.catalog.looks import looks
from gapura.web.shell.amounts import NumberField
from gapura.web.shell.display import tr
from gapura.web.shell.flash import say
from gapura.web.shell.forms import ChoiceField, DayField, Form, TextField, UploadField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_HINTS = {
    "tkdn": N_("Needs percent, number, last day and certificate."),
    "bmp": N_("Needs percent, number, last day and certificate."),
    "sni": N_("Needs number, last day and certificate."),
    "pdn": N_("Your declaration that it is made in Indonesia; needs nothing more."),
}


class LabelForm(Form):
    """Which label, and the certificate it rests on; which of it is needed is the room's rule."""

    kind = ChoiceField(label=lazy("Label"), missing=lazy("Choose the label."))
    value = NumberField(
        label=lazy("Percent"),
        hint=lazy("As it stands in the certificate, for example 42,50."),
        wrong=lazy("The percent must be a number. Type it like this: 42,50."),
        decimals=2,
        width="5",
        required=False,
    )
    number = TextField(
        label=lazy("Number of the certificate"),
        longest=100,
        required=False,
        autocomplete="off",
    )
    valid_to = DayField(
        label=lazy("Last day on which the certificate is valid"),
        hint=lazy("For example 31 12 2027."),
        required=False,
    )
    evidence = UploadField(
        label=lazy("Certificate"),
        hint=lazy("PDF or JPG, at most 2 MB."),
        accept=".pdf,.jpg,.jpeg",
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        kind: Any = self.fields["kind"]
        kind.choices = [(code, tr(LABELS[code])) for code in CLAIMABLE]
        kind.hints = {code: tr(text) for code, text in _HINTS.items()}


def labels(request: Request, product_id: UUID) -> HttpResponse:
    """The labels with their state, and the form for one more."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.CLAIM, view)
    if request.method != "POST":
        return _page(request, view, LabelForm())
    form = LabelForm(request.POST, request.FILES)
    if form.is_valid() and _claim(request, product_id, form):
        say(request, "success", _("A curator checks the label. Buyers see it after that."))
        return go_to(f"/catalog/{product_id}/labels")
    return _page(request, view, form)


def _claim(request: Request, product_id: UUID, form: LabelForm) -> bool:
    """Keep the certificate, then claim the label; what is wrong goes to the form."""
    given = {name: form.cleaned_data[name] for name in ("kind", "value", "number", "valid_to")}
    evidence = None
    file = form.cleaned_data["evidence"]
    try:
        if file:
            evidence = receive(actor=request.actor, name=file.name or "", content=file.read())
        claim_label(actor=request.actor, product=product_id, evidence=evidence, **given)
    except (FileRefused, GateBusy, QuotaReached) as problem:
        form.refuse("evidence", problem)
    except ClaimedAlready as problem:
        form.refuse("kind", problem)
    except FieldProblems as problems:
        form.take(problems)
    return form.is_valid()


def _page(request: Request, view: ProductDetail, form: LabelForm) -> HttpResponse:
    values = {
        "form": form,
        "product": view,
        "may_claim": "claim" in view.can,
        "looks": looks(),
    }
    return render(request, "catalog/labels.html", values, 422 if form.errors else 200)
