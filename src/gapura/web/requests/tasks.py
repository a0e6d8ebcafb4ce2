"""GET /requests/<id>/tasks: the parts of a request, which are done, and what is left to do."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.queries import ROLES, SECTION_NAMES, DraftView, Section, draft_view
from gapura.web.requests.editing import is_editable, page_of, page_of_section
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_IDENTITY = "/account/identity"


def tasks(request: Request, request_id: UUID) -> HttpResponse:
    """The list; one can go away and come back to it."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state):
        return go_to(page_of(request_id))
    values = {
        "draft": draft,
        "role": ROLES[draft.role],
        "items": [_item(draft, each) for each in draft.sections],
        "done": sum(each.done for each in draft.sections),
    }
    return render(request, "requests/tasks.html", values)


def _item(draft: DraftView, section: Section) -> dict[str, Any]:
    """One line of the list, as `parts.task_list` shows it."""
    item: dict[str, Any] = {"title": tr(SECTION_NAMES[section.name]), **_status(section)}
    if hint := _hint(draft, section.name):
        item["hint"] = hint
    if section.name == "identity":
        item["href"] = _IDENTITY
    elif not section.fixed:
        item["href"] = page_of(draft.id, page_of_section(draft, section.name))
    return item


def _status(section: Section) -> dict[str, str]:
    if section.asked:
        return {"status": _("To correct"), "color": "orange"}
    if section.done:
        return {"status": _("Done")}
    return {"status": _("To do"), "color": "blue"}


def _hint(draft: DraftView, name: str) -> str:
    if name == "role":
        return tr(ROLES[draft.role].name)
    if name == "place":
        return draft.place.label
    return draft.letter.number if name == "letter" else ""
