"""/account/phone: the telephone number, proven by a code that a message brings."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import CHANNELS, PhoneView, own_phone
from gapura.accounts.services import begin_phone, remove_phone
from gapura.kernel.problems import Problem
from gapura.outside.errors import AuthorityDown
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

CODE = "/account/phone/code"


class PhoneForm(Form):
    """The number, and how its code comes."""

    phone = TextField(
        label=lazy("Telephone number"),
        hint=lazy("Type it like 0812 3456 7890. Take one that only you read."),
        missing=lazy("Enter the telephone number."),
        longest=40,
        autocomplete="tel",
        type="tel",
        width="20",
    )
    channel = ChoiceField(
        label=lazy("How should the code reach you?"),
        missing=lazy("Choose how the code reaches you."),
    )

    def __init__(self, data: Any, phone: PhoneView) -> None:
        super().__init__(data, initial={"channel": "sms"})
        if phone.phone and phone.verified_at is None:
            number: Any = self.fields["phone"]
            number.required = False
            keep = _("Leave this empty to confirm %(phone)s. Type another one like 0812 3456 7890.")
            number.help_text = keep % {"phone": phone.phone}
        field: Any = self.fields["channel"]
        field.choices = [(code, tr(text)) for code, text in CHANNELS.items()]


def change(request: Request) -> HttpResponse:
    """Ask for the number and send the code to it. The present one counts until then."""
    phone = own_phone(request.actor)
    form = PhoneForm(request.POST if request.method == "POST" else None, phone)
    if not form.is_valid():
        return _page(request, phone, form, 422 if form.is_bound else 200)
    try:
        begin_phone(actor=request.actor, **form.cleaned_data)
    except AuthorityDown as problem:
        form.refuse("phone", problem)
        return _page(request, own_phone(request.actor), form, problem.status)
    except Problem as problem:
        put(form, problem, "phone")
        return _page(request, phone, form, 422)
    return SeeOther(CODE)


def remove(request: Request) -> HttpResponse:
    """Forget the number, and one that waits for its code."""
    remove_phone(actor=request.actor)
    flash.say(request, "success", _("Your account has no telephone number any more."))
    return SeeOther("/account")


def _page(request: Request, phone: PhoneView, form: PhoneForm, status: int = 200) -> HttpResponse:
    return render(request, "account/phone.html", {"form": form, "phone": phone}, status)
