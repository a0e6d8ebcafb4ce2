"""/catalog/upload/<category>: a company's people describe a new product."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.queries import CategoryDetail, category, may_offer_in
from gapura.catalog.services import draft_product
from gapura.kernel.problems import FieldProblems, Missing
from gapura.web.catalog.product_form import NewProductForm
from gapura.web.shell.flash import say
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_LAST_LEVEL = 3


def known_category(code: str) -> CategoryDetail:
    """A category that products stand in.

    :raises Missing: there is no such category, or it is not of the third level.
    """
    try:
        found = category(code)
    except FieldProblems as problem:
        raise Missing() from problem
    if found.level != _LAST_LEVEL:
        raise Missing()
    return found


def show(request: Request, category: str) -> HttpResponse:
    """The empty form."""
    return _page(request, NewProductForm(known_category(category)))


def upload(request: Request, category: str) -> HttpResponse:
    """Save the draft, then go on to its pictures."""
    if request.method != "POST":
        return show(request, category)
    form = NewProductForm(known_category(category), request.POST)
    if form.is_valid():
        try:
            product = draft_product(
                actor=request.actor,
                fields=form.product_fields(),
                price=form.cleaned_data["price"],
                stock=form.stock,
            )
        except FieldProblems as problems:
            form.take(problems)
        else:
            said = _("The draft is saved. Add pictures now; you can also come back later.")
            say(request, "success", said)
            return go_to(f"/catalog/{product}/pictures")
    return _page(request, form)


def _page(request: Request, form: NewProductForm) -> HttpResponse:
    values = {"form": form, "fits": may_offer_in(request.actor, form.category)}
    return render(request, "catalog/upload.html", values, 422 if form.errors else 200)
