"""/account/password/required: the new password that is demanded; until then nothing else opens."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.errors import HashingBusy, NothingToReplace, WeakPassword
from gapura.authentication.queries import password_demanded, password_rule
from gapura.authentication.services import replace_password
from gapura.kernel.texts import N_
from gapura.web.account.password import about_me
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, PasswordField
from gapura.web.shell.pages import render
from gapura.web.shell.passwords import come_back, explain_rule, strength
from gapura.web.shell.requests import Request, SeeOther, keep_session, safe_path

HOME = "/"
REASONS: Mapping[str, str] = {
    "compromised": N_(
        "Your password was found among stolen ones, or somebody else may know it. Nobody can use "
        "your account with it any more."
    ),
    "listed": N_(
        "Your password is on the lists that attackers try first. They grow, so it may have been "
        "good when you chose it."
    ),
    "told": N_("The administrators have asked you to choose a new password, to keep you safe."),
    "recovered": N_("Your account was brought back, so the password from before is not used on."),
    "expired": N_("Your password is older than the rule for your account allows."),
}


class RequiredForm(Form):
    """Only the new password: the present one was typed at the sign-in a moment ago."""

    new = PasswordField(
        label=lazy("New password"), new=True, check_url="/account/password/required/check"
    )


def required(request: Request) -> HttpResponse:
    """Why, and the new password; after it the way goes on to where the person wanted to go."""
    try:
        why = password_demanded(request.actor)
    except NothingToReplace:
        return SeeOther(_onward(request))
    form = RequiredForm(request.POST if request.method == "POST" else None)
    explain_rule(form, "new", password_rule(request.actor))
    if not form.is_valid():
        return _page(request, form, why, 422 if form.is_bound else 200)
    try:
        done = replace_password(actor=request.actor, new=form.cleaned_data["new"])
    except NothingToReplace:
        return SeeOther(_onward(request))
    except WeakPassword as problem:
        form.refuse("new", problem)
        return _page(request, form, why, 422)
    except HashingBusy as problem:
        form.take(problem)
        return come_back(_page(request, form, why, problem.status), problem)
    text = _("Your password is changed. On all other devices you have been signed out.")
    flash.say(request, "success", text)
    response = SeeOther(_onward(request))
    keep_session(request, response, done.token)
    return response


def check(request: Request) -> HttpResponse:
    """How good the new password is, as a fragment; nothing where none is demanded any more."""
    try:
        password_demanded(request.actor)
    except NothingToReplace:
        return HttpResponse("")
    return strength(request, request.POST.get("new", ""), about_me(request), request.actor.person)


def _onward(request: Request) -> str:
    return safe_path(request.GET.get("next"), HOME)


def _page(request: Request, form: RequiredForm, why: str, status: int) -> HttpResponse:
    context = {"form": form, "reason": REASONS[why], "username": request.actor.username}
    return render(request, "account/password_required.html", context, status)
