"""/recover/return: the wait is over. Code by e-mail, code on the slip, new password."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.errors import EmailTaken
from gapura.authentication.errors import (
    FlowOver,
    HashingBusy,
    HelpersFell,
    NothingWaits,
    NotReady,
    SlipDead,
    WeakPassword,
)
from gapura.authentication.queries import Method, Step
from gapura.authentication.services import check_return, check_slip, finish_return, start_return
from gapura.kernel.problems import Busy, Problem
from gapura.web.recover.password import NewPasswordForm, new_password_form
from gapura.web.recover.standing import standing, start_again
from gapura.web.shell import flash
from gapura.web.shell.codes import WAYS
from gapura.web.shell.errors import todo_of, what_of
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.passwords import come_back
from gapura.web.shell.requests import LOGIN, Request, SeeOther, forget_session, keep_session

HERE = "/recover/return"
CODE, SLIP, PASSWORD = f"{HERE}/code", f"{HERE}/slip", f"{HERE}/password"
# Over, too early, or for somebody else: nothing on these pages can mend it.
_OVER = (NothingWaits, NotReady, HelpersFell, SlipDead, EmailTaken)


class ReturnForm(Form):
    """Whose account it is."""

    login = TextField(
        label=lazy("Username or e-mail address"),
        hint=lazy("We send a code to the mailbox that you and your helpers agreed on."),
        missing=lazy("Enter your username or your e-mail address."),
        longest=254,
        autocomplete="username",
        inputmode="email",
    )


class SlipForm(Form):
    """The code on paper."""

    code = TextField(
        label=lazy("Code on the slip"),
        hint=lazy("10 letters and digits, for example ABCDE-FGHJK. Five tries in all."),
        missing=lazy("Enter the code on the slip that you were given."),
        longest=64,
        autocomplete="off",
        width="20",
    )


def begin(request: Request) -> HttpResponse:
    """Send the code; the answer is the same when nothing waits for that name."""
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "recover/return.html", {"form": form}, status)
    begun = start_return(actor=request.actor, login=form.cleaned_data["login"])
    response = SeeOther(CODE)
    keep_session(request, response, begun.token)
    return response


def code(request: Request) -> HttpResponse:
    """The code by e-mail."""
    if standing(request, Step.RECOVER_CODE) is None:
        return start_again(request, HERE)
    form = WAYS[Method.EMAIL_CODE].form(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form, 422 if form.is_bound else 200)
    try:
        done = check_return(actor=request.actor, code=form.cleaned_data["code"])
    except Busy:
        raise
    except FlowOver:
        return start_again(request, HERE)
    except _OVER as problem:
        return _over(request, problem)
    except Problem as problem:
        form.refuse("code", problem)
        return _code_page(request, form, 422)
    response = SeeOther(SLIP)
    keep_session(request, response, done.token)
    return response


def slip(request: Request) -> HttpResponse:
    """The code on the slip."""
    if standing(request, Step.RECOVER_SLIP) is None:
        return start_again(request, HERE)
    form = SlipForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "recover/slip.html", {"form": form}, status)
    try:
        done = check_slip(actor=request.actor, code=form.cleaned_data["code"])
    except FlowOver:
        return start_again(request, HERE)
    except _OVER as problem:
        return _over(request, problem)
    except Problem as problem:
        form.refuse("code", problem)
        return render(request, "recover/slip.html", {"form": form}, 422)
    response = SeeOther(PASSWORD)
    keep_session(request, response, done.token)
    return response


def password(request: Request) -> HttpResponse:
    """The new password; the way on is the ordinary sign-in, at its lowest level."""
    if standing(request, Step.RECOVER_PASSWORD) is None:
        return start_again(request, HERE)
    form = new_password_form(request)
    if not form.is_valid():
        return _password_page(request, form, 422 if form.is_bound else 200)
    try:
        finish_return(actor=request.actor, password=form.cleaned_data["password"])
    except FlowOver:
        return start_again(request, HERE)
    except _OVER as problem:
        return _over(request, problem)
    except WeakPassword as problem:
        form.refuse("password", problem)
        return _password_page(request, form, 422)
    except HashingBusy as problem:
        form.take(problem)
        return come_back(_password_page(request, form, problem.status), problem)
    return _signed_out(request)


def _signed_out(request: Request) -> HttpResponse:
    text = _(
        "Your password is changed, and all other ways to sign in were taken away. Sign in with "
        "the new password, then add an authenticator app or a passkey."
    )
    flash.say(request, "success", text)
    done = SeeOther(LOGIN)
    forget_session(done)
    return done


def _over(request: Request, problem: Problem) -> HttpResponse:
    flash.say(request, "problem", f"{what_of(problem)} {todo_of(problem)}")
    response = SeeOther(HERE)
    forget_session(response)
    return response


def _code_page(request: Request, form: Form, status: int) -> HttpResponse:
    context = {
        "form": form,
        "way": WAYS[Method.EMAIL_CODE],
        "others": [],
        "address": "",
        "send_url": "/recover/code/send",
        "method_url": "/recover/code/method",
        "start": HERE,
    }
    return render(request, "recover/recover_code.html", context, status)


def _password_page(request: Request, form: NewPasswordForm, status: int) -> HttpResponse:
    return render(request, "recover/return_password.html", {"form": form}, status)
