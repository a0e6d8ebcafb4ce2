"""What the pages of one request share: addresses, and which verbs are for forms only."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase

from gapura.access.queries import REQUEST, request_for
from gapura.web.shell.pages import View
from gapura.web.shell.requests import Request, go_to


def is_editable(state: str) -> bool:
    """True while the applicant can still send the request in, or in again."""
    return REQUEST.step(state, "submit") is not None


def page_of(request_id: Any, page: str = "") -> str:
    """The address of one request's page; without a name, of the request itself."""
    return f"/requests/{request_id}/{page}" if page else f"/requests/{request_id}"


def posted(view: View, page: str = "") -> View:
    """A verb that is only done by its form; whoever opens its address gets the page of the form.

    Addresses of verbs are opened after a refused form: by a new sign-in, by changing the language.
    """

    @wraps(view)
    def verb(request: Request, request_id: UUID) -> HttpResponseBase:
        if request.method == "POST":
            return view(request, request_id=request_id)
        request_for(request.actor, request_id)
        return go_to(page_of(request_id, page))

    return verb
