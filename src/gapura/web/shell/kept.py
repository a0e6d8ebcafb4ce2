"""The way to sign in for somebody whose session has ended: what was typed is kept on the way.

Whoever finds a computer after its owner's session has ended can have a form kept in the owner's
name: their cookie is still there, and of the site they see every page that is for nobody. So what
was kept is shown with the page that it goes to, as that page is known here, and goes on by itself
only where nothing is decided. All else stays text to look at and to copy.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from gapura.authentication.services import Typed, keep_form
from gapura.kernel.texts import N_
from gapura.web.shell.requests import LOGIN, Request, send_to

# Pages that write down what can be changed until its owner does something else with it, by name,
# with the titles they bear. A page that is not here decides, signs, pays, hands over, or changes
# how an account is reached or kept safe.
DRAFTS = {
    "account-edit": N_("Your unit"),
    "edit-product": N_("Change the product"),
    "order-new": N_("Make an order"),
    "order-quantities": N_("Change the draft"),
    "order-save": N_("Change the draft"),
    "request-agency": N_("At which agency?"),
    "request-company": N_("Which company do you buy for?"),
    "request-details": N_("Details of your office"),
    "request-edit": N_("Appointment letter"),
    "request-place": N_("Where will you hold it?"),
    "request-role": N_("Which role do you need?"),
    "requests-new": N_("Which role do you need?"),
    "upload-product": N_("Describe the product"),
}
# Factors, codes, recovery, how somebody is reached: nothing typed there is of use a day later.
_NEVER = ("authentication.", "accounts.phone.", "web.")


def send_to_login(request: Request) -> HttpResponse:
    """Send the browser to sign in, with the way back.

    A form comes here after its token was checked (CSRF), so no other site can have anything kept.
    """
    token = request.COOKIES.get(settings.SESSION_COOKIE, "")
    if request.method == "POST" and token and request.session_view is None and _keeps(request):
        keep_form(actor=request.actor, token=token, typed=_typed(request))
    return send_to(request, LOGIN)


def page_at(path: str) -> tuple[Any, str]:
    """The row of the page table that a path leads to, and its name; None where there is no page."""
    try:
        found = resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        return None, ""
    return getattr(found.func, "page", None), found.url_name or ""


def _keeps(request: Request) -> bool:
    page, _ = page_at(request.path)
    return page is not None and not page.permission.startswith(_NEVER)


def _typed(request: Request) -> Typed:
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    files = tuple(file.name or "" for name in request.FILES for file in request.FILES.getlist(name))
    return Typed(request.get_full_path(), fields, files)
