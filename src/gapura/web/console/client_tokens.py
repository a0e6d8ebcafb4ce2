"""/console/clients/tokens: tokens with which applications register themselves."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.problems import FieldProblems
from gapura.kernel.texts import N_
from gapura.sso.errors import BadReason
from gapura.sso.queries import initial_tokens_for
from gapura.sso.services import make_initial_token, revoke_initial_token
from gapura.web.console.client_deed_forms import InitialTokenForm, RevokeForm
from gapura.web.console.clients import HERE, words
from gapura.web.shell import flash
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import Words

TOKENS = f"{HERE}/tokens"
STATES: Words = {
    "works": (N_("Works"), "teal"),
    "used": (N_("Used up"), "grey"),
    "over": (N_("Over"), "grey"),
    "revoked": (N_("Revoked"), "red"),
}


def show(request: Request) -> HttpResponse:
    """All of them, and the form for another one; POST makes it and shows it, this once."""
    if request.method != "POST":
        return _page(request)
    form = InitialTokenForm(request.POST)
    if form.is_valid():
        try:
            made = make_initial_token(actor=request.actor, **form.chosen())
        except FieldProblems as problem:
            form.take(problem)
        else:
            response = render(
                request, "console/client_token.html", {"made": made, **words(request)}
            )
            response.headers["Cache-Control"] = "no-store"
            return response
    return _page(request, form)


def revoke(request: Request, initial_id: UUID) -> HttpResponse:
    """End one at once."""
    form = RevokeForm(request.POST)
    if form.is_valid():
        try:
            revoke_initial_token(
                actor=request.actor, token=initial_id, reason=form.cleaned_data["reason"]
            )
        except BadReason as problem:
            form.refuse("reason", problem)
        else:
            flash.say(request, "success", _("The token is revoked. Nothing registers with it."))
            return go_to(TOKENS)
    return _page(request, None, form, initial_id)


def _page(
    request: Request,
    wrong: InitialTokenForm | None = None,
    refused: RevokeForm | None = None,
    about: UUID | None = None,
) -> HttpResponse:
    form: Form | None = wrong or refused
    values = {
        "rows": initial_tokens_for(request.actor),
        "making": wrong or InitialTokenForm(initial={"days": "30", "most": "1"}),
        "revoking": refused or RevokeForm(),
        "about": about,
        "form": form,
        "token_states": STATES,
        **words(request),
    }
    return render(request, "console/client_tokens.html", values, 422 if form else 200)
