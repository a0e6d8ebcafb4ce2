"""/account/totp: add an authenticator app, or put a new one in the place of the old."""

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gapura.authentication.errors import NothingToConfirm
from gapura.authentication.permissions import Can
from gapura.authentication.queries import (
    Enrollment,
    Factors,
    factors_of,
    pending_totp,
    pending_totp_qr,
)
from gapura.authentication.services import Confirmed, confirm_totp, enroll_totp
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.web.account import code_sheet
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.codes import AppCodeForm
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, keep_session, safe_path

HERE = "/account/totp"
AFTERWARDS = "/account/security"


def totp(request: Request) -> HttpResponse:
    """First what it is for; then key, picture and the field for the first code."""
    factors = _asked(request)
    waiting = _waiting(request)
    if waiting is None:
        return _nothing(request, factors)
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, factors, form, waiting, 422 if form.is_bound else 200)
    try:
        done = confirm_totp(actor=request.actor, code=form.cleaned_data["code"])
    except NothingToConfirm:
        return _nothing(request, factors)
    except Problem as problem:
        put(form, problem, "code")
        return _page(request, factors, form, waiting, 422)
    return _go_on(request, done)


def start(request: Request) -> HttpResponse:
    """Make a key; one that waited before is no longer good."""
    _asked(request)
    enroll_totp(actor=request.actor)
    return SeeOther(_with_next(request, HERE))


def qr(request: Request) -> HttpResponse:
    """The key as a picture: the policy of this site allows no pictures inside of pages."""
    _asked(request)
    return HttpResponse(pending_totp_qr(request.actor), content_type="image/svg+xml")


def _asked(request: Request) -> Factors:
    factors = factors_of(request.actor)
    require(request.actor, Can.ENROLL_TOTP, factors)
    return factors


def _waiting(request: Request) -> Enrollment | None:
    try:
        return pending_totp(request.actor)
    except NothingToConfirm:
        return None


def _nothing(request: Request, factors: Factors) -> HttpResponse:
    """No key waits: the first page, or the end when the code was sent a second time."""
    if request.method == "POST" and factors.has_totp:
        return SeeOther(_next(request))
    context = {"factors": factors, "start_url": _with_next(request, f"{HERE}/start")}
    return render(request, "account/totp_intro.html", context)


def _go_on(request: Request, done: Confirmed) -> HttpResponse:
    """With new backup codes these are shown first, once; else straight on."""
    if done.recovery_codes:
        return code_sheet.show(
            request, done.recovery_codes, onward=_next(request), token=done.sign_in.token
        )
    flash.say(request, "success", _("Your new authenticator app works from now on."))
    response = SeeOther(_next(request))
    keep_session(request, response, done.sign_in.token)
    return response


def _page(
    request: Request, factors: Factors, form: AppCodeForm, waiting: Enrollment, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "factors": factors,
        "enrollment": waiting,
        "username": request.actor.username,
        "start_url": _with_next(request, f"{HERE}/start"),
    }
    return render(request, "account/totp.html", context, status)


def _next(request: Request) -> str:
    return safe_path(request.GET.get("next"), AFTERWARDS)


def _with_next(request: Request, path: str) -> str:
    target = _next(request)
    return path if target == AFTERWARDS else f"{path}?{urlencode({'next': target})}"
