"""/company/invitations/<token>: the invited person reads the offer and accepts it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import AlreadyStaff, InvitationUsed
from gapura.access.queries import COMPANY_ADMIN, DUTIES, ROLES, invitation_for
from gapura.journeys.onboarding import accept_invitation
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther


def invitation(request: Request, token: str) -> HttpResponse:
    """The offer; POST accepts it. Doing it twice ends on the same page."""
    if request.method == "POST":
        try:
            grant = accept_invitation(actor=request.actor, token=token)
        except (InvitationUsed, AlreadyStaff):
            return SeeOther("/company")
        return SeeOther(f"/company/activate/{grant}")
    found = invitation_for(request.actor, token)
    given = [tr(DUTIES[code]) for code in found.duties]
    everything = _("All of it") if found.role == COMPANY_ADMIN else _("Read only")
    words = "; ".join(given) or everything
    context = {"invitation": found, "roles": ROLES, "words": words}
    return render(request, "company/invitation.html", context)
