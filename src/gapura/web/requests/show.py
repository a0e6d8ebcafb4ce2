"""GET /requests/<id>: where the request stands, with whatever its owner can do next."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from gapura.access.queries import (
    CORRECTABLE,
    CORRECTION_REASONS,
    IDENTITY,
    ROLES,
    GrantView,
    RequestView,
    grants_of,
    request_for,
)
from gapura.kernel import clock
from gapura.web.requests.editing import correction_page, page_of
from gapura.web.requests.tracker import tracker
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import GRANTS, REQUESTS


def show(request: Request, request_id: UUID) -> HttpResponse:
    """The status tracker. A draft goes to its form; verifiers get a link to their page."""
    view = request_for(request.actor, request_id)
    if view.is_own and view.state == "draft":
        return go_to(page_of(request_id, "tasks"))
    values: dict[str, Any] = {
        "view": view,
        "role": ROLES[view.role],
        "tracker": tracker(view, clock.now()),
        "states": REQUESTS,
        "grant_states": GRANTS,
        "grant": _grant(request, view),
        "asked": _asked(view),
        "mend": page_of(view.id, _mend(view)),
        "strong": request.actor.acr >= 2,
    }
    return render(request, "requests/show.html", values)


def _mend(view: RequestView) -> str:
    """The page where what was sent back is corrected."""
    last = view.submissions[-1].corrections if view.submissions else ()
    return correction_page([each.field for each in last])


def _grant(request: Request, view: RequestView) -> GrantView | None:
    if view.grant is None or not view.is_own:
        return None
    return next((grant for grant in grants_of(request.actor) if grant.id == view.grant), None)


def _asked(view: RequestView) -> list[dict[str, Any]]:
    """What the last version was sent back for."""
    if view.state != "needs_correction" or not view.submissions:
        return []
    return [
        {
            "field": tr(CORRECTABLE[each.field]),
            "reason": tr(CORRECTION_REASONS[each.reason_code]),
            "note": each.note,
            "in_profile": each.field.startswith(IDENTITY),
        }
        for each in view.submissions[-1].corrections
    ]
