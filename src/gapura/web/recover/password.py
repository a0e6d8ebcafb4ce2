"""/recover/password: the new password; afterwards every sign-in is over."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.errors import (
    FlowOver,
    HashingBusy,
    NothingWaits,
    NotReady,
    RoleNeedsTwo,
    WeakPassword,
)
from gapura.authentication.queries import PasswordContext, Step, password_policy
from gapura.authentication.services import finish_reset
from gapura.kernel.problems import Problem
from gapura.web.recover.standing import standing, start_again
from gapura.web.shell import flash
from gapura.web.shell.errors import todo_of, what_of
from gapura.web.shell.forms import Form, PasswordField
from gapura.web.shell.pages import render
from gapura.web.shell.passwords import explain_rule, strength
from gapura.web.shell.requests import LOGIN, Request, SeeOther, forget_session

_CHOOSING = (Step.RESET_PASSWORD, Step.RECOVER_PASSWORD)


class NewPasswordForm(Form):
    """The new password."""

    password = PasswordField(
        label=lazy("New password"),
        new=True,
        check_url="/recover/password-check",
    )


def password(request: Request) -> HttpResponse:
    """Choose it; a good one is stored, and the way on is the ordinary sign-in."""
    if standing(request, Step.RESET_PASSWORD) is None:
        return start_again(request)
    form = new_password_form(request)
    if not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    try:
        finish_reset(actor=request.actor, password=form.cleaned_data["password"])
    except FlowOver:
        return start_again(request)
    except (NothingWaits, NotReady, RoleNeedsTwo) as problem:
        return _over(request, problem)
    except WeakPassword as problem:
        form.refuse("password", problem)
        return _page(request, form, 422)
    except HashingBusy as problem:
        return _busy(request, form, problem)
    flash.say(
        request,
        "success",
        _("Your password is changed and all sign-ins were ended. Sign in with the new password."),
    )
    done = SeeOther(LOGIN)
    forget_session(done)
    return done


def _over(request: Request, problem: Problem) -> HttpResponse:
    flash.say(request, "problem", f"{what_of(problem)} {todo_of(problem)}")
    return SeeOther("/recover/help" if isinstance(problem, RoleNeedsTwo) else "/recover")


def new_password_form(request: Request) -> NewPasswordForm:
    """The form, with what the rule that holds for this person asks for."""
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    explain_rule(form, "password", password_policy(_whose(request)))
    return form


def _busy(request: Request, form: NewPasswordForm, problem: HashingBusy) -> HttpResponse:
    form.take(problem)
    response = _page(request, form, problem.status)
    response["Retry-After"] = str(problem.seconds)
    return response


def check(request: Request) -> HttpResponse:
    """How good the password is, as a fragment. What it says of its owner is looked at when sent."""
    text = request.POST.get("password", "")
    return strength(request, text, PasswordContext(), _whose(request))


def _whose(request: Request) -> UUID | None:
    """Whose password is chosen; nobody's until everything that must be proved is proved."""
    waits = standing(request, *_CHOOSING)
    return request.session_view.person if waits and request.session_view else None


def _page(request: Request, form: NewPasswordForm, status: int = 200) -> HttpResponse:
    return render(request, "recover/password.html", {"form": form}, status)
