"""What the pages of one request share: addresses, which part comes next, what was sent back."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase

from gapura.access.queries import (
    CORRECTABLE,
    CORRECTION_REASONS,
    REQUEST,
    DraftView,
    request_for,
    section_of,
)
from gapura.web.shell.display import tr
from gapura.web.shell.pages import View
from gapura.web.shell.requests import Request, go_to

# The page of each part of the form. The identity belongs to the account and not to the request.
PAGES = {"role": "role", "place": "place", "details": "details", "letter": "edit"}
TASKS = "tasks"


def is_editable(state: str) -> bool:
    """True while the applicant can still send the request in, or in again."""
    return REQUEST.step(state, "submit") is not None


def page_of(request_id: Any, page: str = "") -> str:
    """The address of one request's page; without a name, of the request itself."""
    return f"/requests/{request_id}/{page}" if page else f"/requests/{request_id}"


def page_of_place(draft: DraftView) -> str:
    """Where the place is chosen: first the agency, or the company outside of government."""
    if draft.outside:
        return "company"
    return "place" if draft.place.agency else "agency"


def onward(draft: DraftView) -> str:
    """The address of the first part that is not done, else of the read-back."""
    if draft.todo is None:
        return page_of(draft.id, "check")
    return page_of(draft.id, page_of_section(draft, draft.todo.name))


def page_of_section(draft: DraftView, section: str) -> str:
    """The page of one part of this request's form."""
    return page_of_place(draft) if section == "place" else PAGES.get(section, TASKS)


def correction_page(fields: list[str]) -> str:
    """Where what was sent back is mended: its page, or the list when several parts were."""
    sections = {section_of(field) for field in fields}
    return PAGES.get(sections.pop(), TASKS) if len(sections) == 1 else TASKS


def asked_back(draft: DraftView) -> dict[str, dict[str, str]]:
    """By field, what a verifier asks to correct, in words."""
    if draft.state != "needs_correction":
        return {}
    return {
        each.field: {
            "field": tr(CORRECTABLE[each.field]),
            "reason": tr(CORRECTION_REASONS[each.reason_code]),
            "note": each.note,
        }
        for each in draft.corrections
    }


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
