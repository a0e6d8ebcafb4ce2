"""/company/invitations/<token>: the invited person reads the offer and accepts it."""

from django.http import HttpResponse

from gapura.access.errors import AlreadyStaff, InvitationUsed
from gapura.access.queries import ROLES, invitation_for
from gapura.journeys.onboarding import accept_invitation
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
    return render(request, "company/invitation.html", {"invitation": found, "roles": ROLES})
