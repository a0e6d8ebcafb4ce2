"""/account/confirm: now and then people are asked whether their profile is still right."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.accounts.errors import NoMoreLater, NothingToConfirm
from gapura.accounts.queries import own_profile, own_profile_question
from gapura.accounts.services import confirm_profile, postpone_profile
from gapura.organizations.queries import agencies_by_code
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, safe_path

HOME = "/"


def confirm(request: Request) -> HttpResponse:
    """The profile to look through; POST says that it is still right and goes on."""
    if request.method != "POST":
        return _page(request)
    confirm_profile(actor=request.actor)
    flash.say(request, "success", _("Thank you. Your profile is confirmed."))
    return SeeOther(_onward(request))


def later(request: Request) -> HttpResponse:
    """Put off, as often as the rule allows; then on to where the person wanted to go."""
    try:
        postpone_profile(actor=request.actor)
    except NothingToConfirm:
        return SeeOther(_onward(request))
    except NoMoreLater:
        return _page(request, 409)
    return SeeOther(_onward(request))


def _page(request: Request, status: int = 200) -> HttpResponse:
    profile = own_profile(request.actor)
    agency = agencies_by_code({profile.agency}).get(profile.agency) if profile.agency else None
    values = {
        "profile": profile,
        "agency": agency.name if agency else "",
        "question": own_profile_question(request.actor),
        "next": _onward(request),
        "refused": status != 200,
    }
    return render(request, "account/confirm.html", values, status)


def _onward(request: Request) -> str:
    return safe_path(request.GET.get("next"), HOME)
