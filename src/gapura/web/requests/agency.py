"""/requests/<id>/agency: search the agency and choose it; the answer while typing is a fragment."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import AlreadyOpen
from gapura.access.queries import DraftView, draft_view
from gapura.access.services import save_draft
from gapura.organizations.queries import AgencyView, agencies_by_code, find_agencies
from gapura.web.requests.editing import is_editable, onward, page_of
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_MOST = 12


class AgencyForm(Form):
    """A search text, and one of what was found."""

    query = TextField(
        label=lazy("Name of the agency"),
        hint=lazy("For example “Kemenkes”, “Pemkab Bogor” or “Provinsi Papua”."),
        longest=100,
        required=False,
        autocomplete="off",
    )
    agency = ChoiceField(
        label=lazy("Which one is it?"),
        missing=lazy("Search your agency, then choose it from the list."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["agency"]
        field.choices = [(each.code, each.name) for each in self._offered()]

    def _offered(self) -> list[AgencyView]:
        """What the text finds, and what was chosen while the text was another one."""
        found = list(find_agencies(self._text(), _MOST))
        chosen = str(self.data.get("agency", ""))
        if chosen and all(each.code != chosen for each in found):
            found += agencies_by_code({chosen[:20].replace("\0", "")}).values()
        return [each for each in found if each.closed_on is None]

    def _text(self) -> str:
        """The search text; empty when it is not one we would show again."""
        try:
            return str(self.fields["query"].clean(self.data.get("query", "")))
        except ValidationError:
            return ""


def choose(request: Request, request_id: UUID) -> HttpResponse:
    """Search (`find`), or keep the chosen agency and go on to the letter."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state) or draft.renews:
        return go_to(page_of(request_id))
    if request.method == "GET":
        return _page(request, AgencyForm(), draft)
    form = AgencyForm(request.POST)
    if "find" in request.POST:
        form.fields["agency"].required = False
        return _page(request, form, draft, status=200 if form.is_valid() else 422)
    if form.is_valid():
        try:
            save_draft(
                actor=request.actor,
                request_id=request_id,
                role=draft.role,
                agency=form.cleaned_data["agency"],
            )
        except AlreadyOpen as problem:
            form.take(problem)
        else:
            return go_to(onward(draft_view(request.actor, request_id)))
    return _page(request, form, draft, status=422)


def found(request: Request) -> HttpResponse:
    """The options for a search text, while it is being typed."""
    form = AgencyForm({"query": request.GET.get("query", "")})
    form.fields["agency"].required = False
    return render(request, "requests/agencies.html", {"results": form})


def _page(request: Request, form: AgencyForm, draft: DraftView, status: int = 200) -> HttpResponse:
    return render(request, "requests/agency.html", {"form": form, "draft": draft}, status)
