"""/catalog/<id>/review: a curator compares old and new, then approves or sends back."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.errors import NameInUse
from gapura.catalog.queries import ReviewView, review_of
from gapura.catalog.services import approve_product, reject_product
from gapura.kernel.problems import FieldProblems
from gapura.web.catalog.decision_forms import RejectForm
from gapura.web.catalog.looks import looks
from gapura.web.shell.flash import say
from gapura.web.shell.forms import Form, sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

QUEUE = "/catalog/review"


def show(request: Request, product_id: UUID) -> HttpResponse:
    """Old and new beside each other, and the two decisions."""
    return _page(request, review_of(request.actor, product_id), RejectForm())


def approve(request: Request, product_id: UUID) -> HttpResponse:
    """Into the catalog."""

    def act(view: ReviewView, version: UUID) -> str:
        approve_product(actor=request.actor, product=product_id, version=version)
        return _("%(name)s is in the catalog.") % {"name": view.new.name}

    return _decide(request, product_id, Form(request.POST), act)


def reject(request: Request, product_id: UUID) -> HttpResponse:
    """Back to the company, with a reason."""
    form = RejectForm(request.POST)

    def act(view: ReviewView, version: UUID) -> str:
        reject_product(
            actor=request.actor,
            product=product_id,
            version=version,
            reason_code=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
        )
        return _("%(name)s was sent back to the company.") % {"name": view.new.name}

    return _decide(request, product_id, form, act)


def _decide(
    request: Request, product_id: UUID, form: Form, act: Callable[[ReviewView, UUID], str]
) -> HttpResponse:
    """Do it for the version that the curator looked at, then on to the queue."""
    view = review_of(request.actor, product_id)
    if form.is_valid():
        try:
            said = act(view, _looked_at(request, view))
        except FieldProblems as problems:
            form.take(problems)
        except NameInUse as problem:
            form.add_error(None, sentences(problem))
        else:
            say(request, "success", said)
            return go_to(QUEUE)
    return _page(request, view, form)


def _looked_at(request: Request, view: ReviewView) -> UUID:
    """The version named by the form; without a name it is the one in review."""
    try:
        return UUID(request.POST.get("version", ""))
    except ValueError:
        return view.new.id


def _page(request: Request, view: ReviewView, form: Form) -> HttpResponse:
    values = {
        "form": form,
        "reject_form": form if isinstance(form, RejectForm) else RejectForm(),
        "view": view,
        "product": view.product,
        "may_decide": "approve" in view.product.can,
        "changed": {each.field for each in view.differences},
        "looks": looks(),
    }
    return render(request, "catalog/review.html", values, 422 if form.errors else 200)
