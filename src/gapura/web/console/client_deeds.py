"""What is done on /console/clients/<id>: states, secrets, keys, messages, the logo."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.documents.errors import FileRefused, GateBusy, QuotaReached
from gapura.kernel.permissions import require
from gapura.sso.errors import (
    BadOverlap,
    BadReason,
    KeysPaused,
    NoSecrets,
    NoSuchDelivery,
    StillTrying,
    TwoSecrets,
)
from gapura.sso.permissions import Can
from gapura.sso.queries import ClientView, client_for
from gapura.sso.services import (
    add_secret,
    close_client,
    end_secret,
    refresh_keys,
    resend_logout,
    restore_client,
    set_logo,
    suspend_client,
)
from gapura.web.console.client_deed_forms import (
    CloseForm,
    LogoForm,
    RestoreForm,
    SecretForm,
    SuspendForm,
)
from gapura.web.console.client_edit import secret_page
from gapura.web.console.clients import HERE, client_page, fault_of
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, sentences
from gapura.web.shell.requests import Request, go_to


def suspend(request: Request, app_id: UUID) -> HttpResponse:
    """Nothing of it works until it is restored."""
    said = _("The application is suspended. Nothing of it works any more.")
    return _move(request, app_id, Can.SUSPEND_CLIENT, SuspendForm, suspend_client, said)


def restore(request: Request, app_id: UUID) -> HttpResponse:
    """Let it work again."""
    said = _("The application works again.")
    return _move(request, app_id, Can.RESTORE_CLIENT, RestoreForm, restore_client, said)


def close(request: Request, app_id: UUID) -> HttpResponse:
    """End it for good."""
    said = _("The application is closed for good.")
    return _move(request, app_id, Can.CLOSE_CLIENT, CloseForm, close_client, said)


def add(request: Request, app_id: UUID) -> HttpResponse:
    """Make a secret and show it, this once."""
    view, form = _held(request, app_id, Can.ROTATE_SECRET), SecretForm(request.POST)
    if form.is_valid():
        try:
            made = add_secret(actor=request.actor, client=app_id, overlap_days=form.days())
        except (TwoSecrets, NoSecrets, BadOverlap) as problem:
            form.take(problem)
        else:
            return secret_page(
                request, app_id, made.client_id, made.secret, old_until=made.old_until
            )
    return client_page(request, view, form)


def end(request: Request, app_id: UUID, secret_id: UUID) -> HttpResponse:
    """End a secret at once."""
    end_secret(actor=request.actor, client=app_id, secret=secret_id)
    flash.say(request, "success", _("The secret has ended. It does not work any more."))
    return go_to(f"{HERE}/{app_id}")


def fetch(request: Request, app_id: UUID) -> HttpResponse:
    """Fetch its keys anew."""
    try:
        fault = refresh_keys(actor=request.actor, client=app_id)
    except KeysPaused as problem:
        flash.say(request, "info", sentences(problem))
    else:
        told = _("The keys were fetched.")
        if fault:
            told = _("The keys could not be fetched: %(fault)s") % {"fault": fault_of(fault)}
        flash.say(request, "error" if fault else "success", told)
    return go_to(f"{HERE}/{app_id}")


def retry(request: Request, app_id: UUID, logout_id: UUID) -> HttpResponse:
    """Send a message again that was given up."""
    view = client_for(request.actor, app_id)
    if logout_id not in {one.id for one in view.deliveries}:
        raise NoSuchDelivery()
    try:
        resend_logout(actor=request.actor, delivery=logout_id)
    except StillTrying as problem:
        flash.say(request, "info", sentences(problem))
    else:
        flash.say(request, "success", _("The message is sent again."))
    return go_to(f"{HERE}/{app_id}")


def take_logo(request: Request, app_id: UUID) -> HttpResponse:
    """Take its logo through the gate."""
    view = _held(request, app_id, Can.CHANGE_CLIENT)
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["picture"]
        try:
            set_logo(actor=request.actor, client=app_id, name=file.name or "", content=file.read())
        except (FileRefused, GateBusy, QuotaReached) as problem:
            form.refuse("picture", problem)
        else:
            flash.say(request, "success", _("The logo is taken."))
            return go_to(f"{HERE}/{app_id}")
    return client_page(request, view, form)


def _move(
    request: Request,
    app_id: UUID,
    permission: Can,
    kind: type[Form],
    verb: Callable[..., None],
    said: str,
) -> HttpResponse:
    view, form = _held(request, app_id, permission), kind(request.POST)
    if form.is_valid():
        try:
            verb(actor=request.actor, client=app_id, reason=form.cleaned_data["reason"])
        except BadReason as problem:
            form.refuse("reason", problem)
        else:
            flash.say(request, "success", said)
            return go_to(f"{HERE}/{app_id}")
    return client_page(request, view, form)


def _held(request: Request, app_id: UUID, permission: Can) -> ClientView:
    """The application, when this may be done to it: else no form is looked at."""
    view = client_for(request.actor, app_id)
    require(request.actor, permission, view.row)
    return view
