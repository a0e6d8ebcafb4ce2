"""/account/password: another password for somebody who knows the present one."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import own_profile
from gapura.authentication.errors import HashingBusy, WeakPassword, WrongPassword
from gapura.authentication.queries import PasswordContext, password_rule
from gapura.authentication.services import change_password
from gapura.kernel.problems import Problem
from gapura.web.account.answers import put
from gapura.web.account.profile import agency_name
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, PasswordField
from gapura.web.shell.pages import render
from gapura.web.shell.passwords import come_back, explain_rule, strength
from gapura.web.shell.requests import Request, SeeOther, keep_session


class PasswordForm(Form):
    """The present password and the new one; it can be looked at, so it is not typed twice."""

    current = PasswordField(
        label=lazy("Present password"), missing=lazy("Enter your present password.")
    )
    new = PasswordField(
        label=lazy("New password"),
        new=True,
        check_url="/account/password/check",
    )


_FIELDS = ((WrongPassword, "current"), (WeakPassword, "new"))


def change(request: Request) -> HttpResponse:
    """Change it; all other sign-ins end and the person is told by mail."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    explain_rule(form, "new", password_rule(request.actor))
    if not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    try:
        done = change_password(
            actor=request.actor,
            current=form.cleaned_data["current"],
            new=form.cleaned_data["new"],
        )
    except HashingBusy as problem:
        form.take(problem)
        return come_back(_page(request, form, problem.status), problem)
    except Problem as problem:
        put(form, problem, next((name for kind, name in _FIELDS if isinstance(problem, kind)), ""))
        return _page(request, form, 422)
    text = _("Your password is changed. On all other devices you have been signed out.")
    flash.say(request, "success", text)
    response = SeeOther("/account/security")
    keep_session(request, response, done.token)
    return response


def check(request: Request) -> HttpResponse:
    """How good the new password is, as a fragment."""
    return strength(request, request.POST.get("new", ""), about_me(request), request.actor.person)


def about_me(request: Request) -> PasswordContext:
    """What a guesser knows of whoever is signed in."""
    profile = own_profile(request.actor)
    return PasswordContext(profile.name, profile.username, profile.email, agency_name(profile))


def _page(request: Request, form: PasswordForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "username": request.actor.username}
    return render(request, "account/password.html", context, status)
