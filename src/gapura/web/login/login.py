"""/login: username and password, the first step of signing in."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.errors import WrongCredentials
from gapura.authentication.queries import Step
from gapura.authentication.services import start_sign_in
from gapura.kernel.throttle import TooMany
from gapura.web.login.ended import Ended, how_it_ended
from gapura.web.login.onward import HOME, go_on, onward, with_next
from gapura.web.login.waiting import wait
from gapura.web.shell.forms import Form, PasswordField, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, forget_session

CONFIRM_EMAIL = "/register/code"
_HINT = 254


class LoginForm(Form):
    """What a person knows."""

    username = TextField(
        label=lazy("Username or e-mail address"),
        missing=lazy("Enter your username or your e-mail address."),
        longest=254,
        autocomplete="username webauthn",
        inputmode="email",
    )
    password = PasswordField()


def login(request: Request) -> HttpResponse:
    """The form; whoever is signed in already goes on."""
    if request.actor.signed_in:
        return SeeOther(onward(request))
    if request.method == "POST":
        return _check(request)
    token = request.COOKIES.get(settings.SESSION_COOKIE, "")
    if not token or request.session_view is not None:
        return _page(request, _hinted(request))
    ended = how_it_ended(token)
    response = _page(request, _hinted(request), ended=ended)
    if not ended.by_time:
        # Else the cookie says whose form it is that comes late from another window.
        forget_session(response)
    return response


def _hinted(request: Request) -> LoginForm:
    """With the name that an application expects; whether it has an account nobody is told."""
    return LoginForm(initial={"username": request.GET.get("login_hint", "")[:_HINT]})


def _check(request: Request) -> HttpResponse:
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        begun = start_sign_in(
            actor=request.actor, login=given["username"], password=given["password"]
        )
    except TooMany as problem:
        return wait(request, problem)
    except WrongCredentials as problem:
        form.take(problem)
        return _page(request, form, status=422)
    path = CONFIRM_EMAIL if begun.step is Step.CONFIRM_EMAIL else with_next(request, "/login/code")
    return go_on(request, begun, path)


def _page(
    request: Request, form: LoginForm, status: int = 200, *, ended: Ended | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "ended": ended,
        "wanted": onward(request) != HOME,
        "passkey_url": with_next(request, "/login/passkey"),
    }
    return render(request, "login/login.html", context, status)
