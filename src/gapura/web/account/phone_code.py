"""/account/phone/code: the code that a message brought to the new number."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.errors import NoPhoneWaiting
from gapura.accounts.queries import PhoneView, own_phone
from gapura.accounts.services import confirm_phone, resend_phone
from gapura.kernel.problems import Problem
from gapura.outside.errors import AuthorityDown
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.errors import todo_of, what_of
from gapura.web.shell.forms import CodeField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

HERE = "/account/phone/code"


class PhoneCodeForm(Form):
    """A code that a message brought."""

    code = CodeField(
        label=lazy("Code in the message"),
        hint=lazy("6 digits. The code works for 10 minutes and once."),
    )


def code(request: Request) -> HttpResponse:
    """Ask for the code; with the right one the number counts."""
    phone = own_phone(request.actor)
    if not phone.waiting:
        return _again(request)
    form = PhoneCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, phone, form, 422 if form.is_bound else 200)
    try:
        confirm_phone(actor=request.actor, code=form.cleaned_data["code"])
    except NoPhoneWaiting:
        return _again(request)
    except Problem as problem:
        put(form, problem, "code")
        return _page(request, phone, form, 422)
    flash.say(request, "success", _("Your telephone number is confirmed."))
    return SeeOther("/account")


def send(request: Request) -> HttpResponse:
    """Send a new code; the one before stops working."""
    try:
        resend_phone(actor=request.actor)
    except NoPhoneWaiting:
        return _again(request)
    except AuthorityDown as problem:
        flash.say(request, "problem", f"{what_of(problem)} {todo_of(problem)}")
        return SeeOther(HERE)
    flash.say(request, "success", _("A new code is on its way. The one before no longer works."))
    return SeeOther(HERE)


def _again(request: Request) -> HttpResponse:
    flash.say(request, "info", _("No telephone number is waiting for its code. Enter it again."))
    return SeeOther("/account/phone")


def _page(
    request: Request, phone: PhoneView, form: PhoneCodeForm, status: int = 200
) -> HttpResponse:
    return render(request, "account/phone_code.html", {"form": form, "phone": phone}, status)
