"""A company sends its product to the curators, takes it out of the catalog and brings it back."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.permissions import Can
from gapura.catalog.queries import product_for
from gapura.catalog.services import relist_product, submit_product, withdraw_product
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.web.shell.flash import say
from gapura.web.shell.forms import sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def submit(request: Request, product_id: UUID) -> HttpResponse:
    """To the curators; without a picture, on to the page of the pictures."""
    try:
        submit_product(actor=request.actor, product=product_id)
    except FieldProblems as problems:
        for name, problem in problems.fields.items():
            say(request, "problem", sentences(problem))
            if name == "pictures":
                return go_to(f"/catalog/{product_id}/pictures")
        return go_to(f"/catalog/{product_id}/edit")
    say(request, "success", _("Sent. You are told when a curator has decided."))
    return go_to(f"/catalog/{product_id}")


def withdraw(request: Request, product_id: UUID) -> HttpResponse:
    """A page that says what it means; then out of the catalog."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.WITHDRAW, view)
    if "withdraw" not in view.can:
        raise NoSuchMove()
    if request.method != "POST":
        return render(request, "catalog/withdraw.html", {"product": view})
    withdraw_product(actor=request.actor, product=product_id)
    said = _("%(name)s is no longer in the catalog.") % {"name": view.name}
    say(request, "success", said)
    return go_to(f"/catalog/{product_id}")


def relist(request: Request, product_id: UUID) -> HttpResponse:
    """Ask for it to come back."""
    relist_product(actor=request.actor, product=product_id)
    said = _("Sent. A curator checks it before it is in the catalog again.")
    say(request, "success", said)
    return go_to(f"/catalog/{product_id}")
