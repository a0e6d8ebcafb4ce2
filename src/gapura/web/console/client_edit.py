"""/console/clients/new and /console/clients/<id>/change: an application's registration by form."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.sso.errors import NothingChanged
from gapura.sso.permissions import Can
from gapura.sso.queries import client_for
from gapura.sso.services import Registered, change_client, register_client
from gapura.web.console.client_forms import ClientForm
from gapura.web.console.client_values import USUAL, as_it_is
from gapura.web.console.clients import HERE
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def new(request: Request) -> HttpResponse:
    """The form for another one; POST registers it and shows its secret, this once."""
    form = ClientForm(request.POST if request.method == "POST" else None, initial=USUAL)
    if form.is_bound and form.is_valid():
        try:
            made = register_client(
                actor=request.actor, metadata=form.metadata(), contract=form.contract()
            )
        except FieldProblems as problem:
            take(form, problem)
        else:
            if made.secret:
                return secret_page(request, made.id, made.client_id, made.secret, new=True)
            flash.say(request, "success", _("The application is registered."))
            return go_to(f"{HERE}/{made.id}")
    return _page(request, form, None, "")


def change(request: Request, app_id: UUID) -> HttpResponse:
    """The same for one that is there."""
    view = client_for(request.actor, app_id)
    require(request.actor, Can.CHANGE_CLIENT, view.row)
    form = ClientForm(request.POST if request.method == "POST" else None, initial=as_it_is(view))
    if form.is_bound and form.is_valid():
        try:
            made = change_client(
                actor=request.actor,
                client=app_id,
                metadata=form.metadata(view.metadata),
                contract=form.contract(),
            )
        except FieldProblems as problem:
            take(form, problem)
        except NothingChanged as problem:
            form.take(problem)
        else:
            return _changed(request, made)
    return _page(request, form, app_id, view.row.name)


def take(form: ClientForm, problem: FieldProblems) -> None:
    """Put what is wrong at its field; members of RFC 7591 are called otherwise in the form."""
    fields = {_FIELDS.get(member, member): each for member, each in problem.fields.items()}
    form.take(FieldProblems(fields))


_FIELDS = {
    "application_type": "native",
    "response_types": "grant_types",
    "require_pushed_authorization_requests": "needs_par",
    "dpop_bound_access_tokens": "needs_dpop",
}


def secret_page(
    request: Request,
    app_id: UUID,
    client_id: str,
    secret: str,
    *,
    new: bool = False,
    old_until: datetime | None = None,
) -> HttpResponse:
    """A secret, the only time that it is shown."""
    values = {
        "app": app_id,
        "client_id": client_id,
        "secret": secret,
        "new": new,
        "old_until": old_until,
    }
    response = render(request, "console/client_secret.html", values)
    response.headers["Cache-Control"] = "no-store"
    return response


def _changed(request: Request, made: Registered) -> HttpResponse:
    if made.secret:
        return secret_page(request, made.id, made.client_id, made.secret)
    flash.say(request, "success", _("The application is changed."))
    return go_to(f"{HERE}/{made.id}")


def _page(request: Request, form: ClientForm, app_id: UUID | None, name: str) -> HttpResponse:
    values = {"form": form, "app": app_id, "name": name}
    return render(request, "console/client_form.html", values, 422 if form.errors else 200)
