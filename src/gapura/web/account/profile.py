"""/account: who one is here, how one is reached, and where the account stands."""

from django.conf import settings
from django.http import HttpResponse

from gapura.accounts.queries import CONTACTS, Profile, own_changes, own_profile
from gapura.organizations.queries import agencies_by_code
from gapura.web.account.tabs import tabs
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import PROFILE


def show(request: Request) -> HttpResponse:
    """Everything we keep about the person, numbers masked, each with the way to change it."""
    profile = own_profile(request.actor)
    context = {
        "profile": profile,
        "agency": agency_name(profile),
        "language": dict(settings.LANGUAGES)[profile.language],
        "states": PROFILE,
        "changes": own_changes(request.actor),
        "contacts": CONTACTS,
        "tabs": tabs("/account"),
        "zone": request.actor.grant.zone if request.actor.grant else "Asia/Jakarta",
    }
    return render(request, "account/profile.html", context)


def agency_name(profile: Profile) -> str:
    """The home agency's name; empty for citizens and for codes that are in no list."""
    found = agencies_by_code({profile.agency}) if profile.agency else {}
    return found[profile.agency].name if profile.agency in found else ""
