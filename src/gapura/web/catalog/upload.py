"""/catalog/upload: a company's people add a product."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.queries import LONGEST_NAME, SHORTEST_NAME, categories
from gapura.catalog.services import upload_product
from gapura.kernel.problems import FieldProblems
from gapura.web.catalog.amounts import WholeField
from gapura.web.shell.flash import say
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


class UploadForm(Form):
    """Name, category and price."""

    name = TextField(
        label=lazy("Name of the product"),
        hint=lazy("Brand, kind and size, for example: A4 paper 80 gsm, 500 sheets."),
        shortest=SHORTEST_NAME,
        longest=LONGEST_NAME,
        spelling=True,
        autocomplete="off",
    )
    category = ChoiceField(label=lazy("Category"), look="select")
    price = WholeField(
        label=lazy("Price for one piece, in rupiah"),
        hint=lazy("Whole rupiah, for example 1.500.000."),
        wrong=lazy("The price must be in whole rupiah. Type digits only, for example 1500000."),
        width="10",
        autocomplete="off",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["category"]
        offered = [(each.code, each.name) for each in categories()]
        field.choices = [("", _("Choose a category")), *offered]


def upload(request: Request) -> HttpResponse:
    """The form; then the product's own page."""
    form = UploadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            product = upload_product(actor=request.actor, **form.cleaned_data)
        except FieldProblems as problems:
            form.take(problems)
        else:
            say(
                request,
                "success",
                _("The product is saved. A curator checks it before it is shown."),
            )
            return go_to(f"/catalog/{product}")
    return render(request, "catalog/upload.html", {"form": form}, 422 if form.errors else 200)
