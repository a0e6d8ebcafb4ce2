"""/recover/password: the new password; afterwards every sign-in is over."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.errors import FlowOver, HashingBusy, WeakPassword
from gapura.authentication.queries import PasswordContext, Step
from gapura.authentication.services import finish_reset
from gapura.web.recover.standing import standing, start_again
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, PasswordField
from gapura.web.shell.pages import render
from gapura.web.shell.passwords import strength
from gapura.web.shell.requests import LOGIN, Request, SeeOther, forget_session


class NewPasswordForm(Form):
    """The new password."""

    password = PasswordField(
        label=lazy("New password"),
        new=True,
        check_url="/recover/password-check",
        hint=lazy("At least 12 characters. Four words that do not belong together are good."),
        missing=lazy("Choose a password of at least 12 characters."),
    )


def password(request: Request) -> HttpResponse:
    """Choose it; a good one is stored, and the way on is the ordinary sign-in."""
    if standing(request, Step.RESET_PASSWORD) is None:
        return start_again(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    try:
        finish_reset(actor=request.actor, password=form.cleaned_data["password"])
    except FlowOver:
        return start_again(request)
    except WeakPassword as problem:
        form.refuse("password", problem)
        return _page(request, form, 422)
    except HashingBusy as problem:
        form.take(problem)
        response = _page(request, form, problem.status)
        response["Retry-After"] = str(problem.seconds)
        return response
    flash.say(
        request,
        "success",
        _("Your password is changed and all sign-ins were ended. Sign in with the new password."),
    )
    done = SeeOther(LOGIN)
    forget_session(done)
    return done


def check(request: Request) -> HttpResponse:
    """How good the password is, as a fragment. Whose it is, is looked at when it is sent."""
    return strength(request, request.POST.get("password", ""), PasswordContext())


def _page(request: Request, form: NewPasswordForm, status: int = 200) -> HttpResponse:
    return render(request, "recover/password.html", {"form": form}, status)
