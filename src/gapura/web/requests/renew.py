"""/requests/renew/<grant>: go on with an access whose end is near or past, with a new letter."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import AlreadyOpen, NoSuchGrant
from gapura.access.queries import ROLES, grants_of, renewable
from gapura.access.services import begin_renewal
from gapura.web.requests.editing import page_of
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def renew(request: Request, grant_id: UUID) -> HttpResponse:
    """GET says what it means; POST begins the request and asks for the letter.

    :raises NoSuchGrant: not one of the actor's.
    """
    if request.method == "POST":
        return _begin(request, grant_id)
    grant = next((each for each in grants_of(request.actor) if each.id == grant_id), None)
    if grant is None:
        raise NoSuchGrant()
    found = renewable(request.actor).get(grant_id)
    if found is not None and found.request is not None:
        return go_to(page_of(found.request))
    values = {"grant": grant, "role": ROLES[grant.role], "found": found}
    return render(request, "requests/renew.html", values)


def _begin(request: Request, grant_id: UUID) -> HttpResponse:
    try:
        request_id = begin_renewal(actor=request.actor, grant_id=grant_id)
    except AlreadyOpen as problem:
        flash.say(request, "info", _("You already began this request. You can go on here."))
        return go_to(page_of(problem.request_id))
    return go_to(page_of(request_id, "edit"))
