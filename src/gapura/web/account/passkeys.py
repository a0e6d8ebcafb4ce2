"""/account/passkeys: the list of one's passkeys; giving one another name, removing one."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.errors import NoSuchPasskey
from gapura.authentication.permissions import Can
from gapura.authentication.queries import (
    PASSKEYS_MOST,
    factors_of,
    left_without,
    own_passkey,
    passkeys_of,
)
from gapura.authentication.services import remove_passkey, rename_passkey
from gapura.kernel.permissions import require
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

HERE = "/account/passkeys"


class NameForm(Form):
    """What a person calls a passkey."""

    name = TextField(
        label=lazy("Name of the passkey"),
        hint=lazy("So that you know it again, for example “Office laptop” or “Blue key”."),
        missing=lazy("Enter a name for the passkey."),
        longest=60,
        autocomplete="off",
    )


def show(request: Request) -> HttpResponse:
    """Each with where it lives, when it was used, and what can be done about it."""
    actor = request.actor
    mine = passkeys_of(actor)
    context = {
        "passkeys": mine,
        "is_full": len(mine) >= PASSKEYS_MOST,
        "most": PASSKEYS_MOST,
        "zone": actor.grant.zone if actor.grant else "Asia/Jakarta",
    }
    return render(request, "account/passkeys.html", context)


def rename(request: Request, passkey_id: UUID) -> HttpResponse:
    """Another name for one passkey."""
    mine = own_passkey(request.actor, passkey_id)
    require(request.actor, Can.RENAME_PASSKEY, factors_of(request.actor))
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": mine.name})
    if not form.is_valid():
        context = {"form": form, "passkey": mine}
        return render(
            request, "account/passkey_rename.html", context, 422 if form.is_bound else 200
        )
    name = form.cleaned_data["name"]
    rename_passkey(actor=request.actor, passkey_id=passkey_id, name=name)
    flash.say(request, "success", _("The passkey is now called “%(name)s”.") % {"name": name})
    return SeeOther(HERE)


def remove(request: Request, passkey_id: UUID) -> HttpResponse:
    """Say what it means, then do it. Sending it twice ends on the list."""
    try:
        mine = own_passkey(request.actor, passkey_id)
    except NoSuchPasskey:
        if request.method == "POST":
            return SeeOther(HERE)
        raise
    left = left_without(request.actor, passkey_id)
    require(request.actor, Can.REMOVE_PASSKEY, left)
    if request.method == "GET":
        return render(request, "account/passkey_remove.html", {"passkey": mine, "left": left})
    try:
        remove_passkey(actor=request.actor, passkey_id=passkey_id)
    except NoSuchPasskey:
        return SeeOther(HERE)
    text = _("The passkey “%(name)s” was removed. Delete it on the device too.")
    flash.say(request, "success", text % {"name": mine.name})
    return SeeOther(HERE)
