"""GET /requests/<id>/history: every version as it was sent in, and what changed between them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from gapura.access.errors import NoSuchRequest
from gapura.access.queries import (
    CORRECTABLE,
    CORRECTION_REASONS,
    ROLES,
    SubmissionView,
    request_for,
)
from gapura.web.requests.versions import answers, changes
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def history(request: Request, request_id: UUID) -> HttpResponse:
    """The newest first; none can be changed any more.

    :raises NoSuchRequest: nothing was ever sent in.
    """
    view = request_for(request.actor, request_id)
    if not view.submissions:
        raise NoSuchRequest()
    versions = [
        {
            "number": each.number,
            "at": each.submitted_at,
            "answers": answers(each),
            "changes": changes(view.submissions[: place + 1]),
            "asked": _asked(each),
        }
        for place, each in enumerate(view.submissions)
    ]
    values = {"view": view, "role": ROLES[view.role], "versions": versions[::-1]}
    return render(request, "requests/history.html", values)


def _asked(version: SubmissionView) -> list[dict[str, Any]]:
    """What a verifier found wrong in this version."""
    return [
        {
            "field": tr(CORRECTABLE[each.field]),
            "reason": tr(CORRECTION_REASONS[each.reason_code]),
            "note": each.note,
        }
        for each in version.corrections
    ]
