"""/recover: the name or address of the account whose password is forgotten."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.services import start_reset
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, keep_session

CODE = "/recover/code"


class RecoverForm(Form):
    """Whose password it is."""

    login = TextField(
        label=lazy("Username or e-mail address"),
        hint=lazy("We send a code to the e-mail address of the account."),
        missing=lazy("Enter your username or your e-mail address."),
        longest=254,
        autocomplete="username",
        inputmode="email",
    )


def recover(request: Request) -> HttpResponse:
    """Send a code, if there is such an account; the answer is the same when there is none."""
    if request.actor.signed_in:
        return SeeOther("/account/password")
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "recover/recover.html", {"form": form}, status)
    begun = start_reset(actor=request.actor, login=form.cleaned_data["login"])
    response = SeeOther(CODE)
    keep_session(request, response, begun.token)
    return response
