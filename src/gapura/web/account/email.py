"""/account/email: another e-mail address; a code sent there confirms it, the old one is told."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import own_profile
from gapura.accounts.services import cancel_email_change
from gapura.authentication.permissions import Can
from gapura.authentication.queries import factors_of
from gapura.authentication.services import begin_email_change
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.forms import EmailField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

CODE = "/account/email/code"


class EmailForm(Form):
    """The new address."""

    email = EmailField(
        label=lazy("New e-mail address"),
        hint=lazy("Take one that only you can read, not the mailbox of your unit."),
        missing=lazy("Enter the new e-mail address."),
    )


def ask_first(request: Request) -> None:
    """Whether this sign-in may change the address: with the factors that the person has.

    :raises Refused: without a fresh proof, or not by the app or passkey that is there.
    """
    require(request.actor, Can.CHANGE_EMAIL, factors_of(request.actor))


def change(request: Request) -> HttpResponse:
    """Ask for the address and send the code to it. The present one counts until then."""
    ask_first(request)
    form = EmailForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    try:
        begin_email_change(actor=request.actor, email=form.cleaned_data["email"])
    except Problem as problem:
        put(form, problem, "email")
        return _page(request, form, 422)
    return SeeOther(CODE)


def cancel(request: Request) -> HttpResponse:
    """Keep the present address."""
    ask_first(request)
    cancel_email_change(actor=request.actor)
    flash.say(request, "success", _("Your e-mail address stays as it was."))
    return SeeOther("/account")


def _page(request: Request, form: EmailForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "profile": own_profile(request.actor)}
    return render(request, "account/email.html", context, status)
