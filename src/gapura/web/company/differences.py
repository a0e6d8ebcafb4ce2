"""POST /company/differences/<id>/adopt: take over what an authority says of the own company."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.organizations.services import adopt_difference
from gapura.web.shell import flash
from gapura.web.shell.requests import Request, SeeOther


def adopt(request: Request, difference_id: UUID) -> HttpResponse:
    """Take it over."""
    adopt_difference(actor=request.actor, difference=difference_id)
    flash.say(request, "success", _("Your company's data now follows the authority."))
    return SeeOther("/company")
