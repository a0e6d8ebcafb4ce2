"""/catalog/claims/<id>: a curator looks at a label's certificate and decides about it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.queries import ClaimDetail, claim_evidence, claim_for
from gapura.catalog.services import decide_claim
from gapura.kernel.problems import FieldProblems
from gapura.web.catalog.decision_forms import ClaimForm
from gapura.web.catalog.looks import looks
from gapura.web.shell.downloads import saved
from gapura.web.shell.flash import say
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

QUEUE = "/catalog/review"


def show(request: Request, claim_id: UUID) -> HttpResponse:
    """One label with its certificate, and the two decisions."""
    return _page(request, claim_for(request.actor, claim_id), ClaimForm())


def verify(request: Request, claim_id: UUID) -> HttpResponse:
    """The label is true: buyers see it from now on."""
    claim_for(request.actor, claim_id)
    decide_claim(actor=request.actor, claim=claim_id, verified=True)
    say(request, "success", _("The label is verified. Buyers see it now."))
    return go_to(QUEUE)


def reject(request: Request, claim_id: UUID) -> HttpResponse:
    """The label cannot be confirmed; the company is told why."""
    view = claim_for(request.actor, claim_id)
    form = ClaimForm(request.POST)
    if form.is_valid():
        try:
            decide_claim(actor=request.actor, claim=claim_id, verified=False, **form.cleaned_data)
        except FieldProblems as problems:
            form.take(problems)
        else:
            say(request, "success", _("The label was not confirmed. The company was told why."))
            return go_to(QUEUE)
    return _page(request, view, form)


def evidence(request: Request, claim_id: UUID) -> HttpResponse:
    """The certificate as it was handed in, as a download."""
    return saved(claim_evidence(request.actor, claim_id))


def _page(request: Request, view: ClaimDetail, form: ClaimForm) -> HttpResponse:
    grant = request.actor.grant
    values = {
        "form": form,
        "claim": view.claim,
        "product": view.product,
        "may_decide": "verify_claim" in view.product.can,
        "zone": grant.zone if grant else "Asia/Jakarta",
        "looks": looks(),
    }
    return render(request, "catalog/claim.html", values, 422 if form.errors else 200)
