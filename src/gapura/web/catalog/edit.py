"""/catalog/<id>/edit: a company changes what a product is; a curator checks the change."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.permissions import Can
from gapura.catalog.queries import ProductDetail, fields_of, product_for
from gapura.catalog.services import save_version
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.web.catalog.looks import looks
from gapura.web.catalog.product_form import ProductForm
from gapura.web.catalog.upload import known_category
from gapura.web.shell.flash import say
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def edit(request: Request, product_id: UUID) -> HttpResponse:
    """The form; saving keeps a draft, which is sent to the curator from the product's page."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.SAVE, view)
    fields = fields_of(request.actor, product_id)
    category = known_category(request.GET.get("category") or fields.category)
    if request.method != "POST":
        return _page(request, view, ProductForm(category, fields=fields))
    form = ProductForm(category, request.POST, fields=fields)
    if form.is_valid():
        try:
            save_version(actor=request.actor, product=product_id, fields=form.product_fields())
        except FieldProblems as problems:
            form.take(problems)
        else:
            say(request, "success", _("Saved. Send it to the curators when it is complete."))
            return go_to(f"/catalog/{product_id}")
    return _page(request, view, form)


def _page(request: Request, view: ProductDetail, form: ProductForm) -> HttpResponse:
    values = {
        "form": form,
        "product": view,
        "may_save": "save" in view.can,
        "asked": view.pending or view.version,
        "looks": looks(),
    }
    return render(request, "catalog/edit.html", values, 422 if form.errors else 200)
