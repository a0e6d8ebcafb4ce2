"""/account/identity: name and numbers, as long as nobody has verified them."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import (
    CORRECTABLE,
    CORRECTION_REASONS,
    DOCUMENTS,
    REFUSAL_REASONS,
    Profile,
    identity_for,
    own_document,
    own_identity,
    own_profile,
)
from gapura.accounts.services import correct_identity
from gapura.kernel.problems import Problem
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.forms import DigitsField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.registry import panel
from gapura.web.shell.requests import Request, SeeOther
from gapura.web.shell.states import IDENTITIES

_WORDS = {
    "states": IDENTITIES,
    "documents": DOCUMENTS,
    "fields": CORRECTABLE,
    "corrections": CORRECTION_REASONS,
    "refusals": REFUSAL_REASONS,
}


class IdentityForm(Form):
    """Numbers are not shown again: an empty field keeps the one there is."""

    name = TextField(
        label=lazy("Full name"),
        hint=lazy("As it is written on your identity card and in your letter."),
        longest=100,
        autocomplete="name",
    )
    nik = DigitsField(label=lazy("NIK"), lengths=(16,), required=False, autocomplete="off")
    nip = TextField(label="NIP", longest=30, required=False, autocomplete="off", width="20")


def edit(request: Request) -> HttpResponse:
    """The form while the data may be corrected; else the page says why it may not."""
    profile = own_profile(request.actor)
    if "submit_identity" not in profile.verbs:
        return _show(request, "account/identity_fixed.html", {"profile": profile})
    form = IdentityForm(
        request.POST if request.method == "POST" else None, initial={"name": profile.name}
    )
    _fit(form, profile)
    if not form.is_valid():
        return _page(request, profile, form, 422 if form.is_bound else 200)
    given = {name: value for name, value in form.cleaned_data.items() if value}
    try:
        correct_identity(actor=request.actor, told=replace(own_identity(request.actor), **given))
    except Problem as problem:
        put(form, problem)
        return _page(request, profile, form, 422)
    flash.say(
        request,
        "success",
        _("Your personal data is corrected. It is checked with the request you send in next."),
    )
    return SeeOther("/requests" if profile.kind.official else "/account/identity")


def _fit(form: IdentityForm, profile: Profile) -> None:
    """The number of this type of person, and what is there now."""
    keep = _("Now: %(number)s. Leave this empty to keep it.")
    form.fields["nik"].help_text = keep % {"number": profile.nik}
    if profile.kind.number:
        form.fields["nip"].label = profile.kind.number
        form.fields["nip"].help_text = keep % {"number": profile.nip}
    else:
        del form.fields["nip"]


def _page(
    request: Request, profile: Profile, form: IdentityForm, status: int = 200
) -> HttpResponse:
    return _show(request, "account/identity.html", {"form": form, "profile": profile}, status)


def _show(
    request: Request, template: str, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    own = panel(identity_for(request.actor, request.actor.who))
    values = {**values, "panel": own, "own": own_document(request.actor), "words": _WORDS}
    values["zone"] = request.actor.grant.zone if request.actor.grant else "Asia/Jakarta"
    return render(request, template, values, status)
