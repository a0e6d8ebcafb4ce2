"""GET /people/duplicates: accounts that may be one person; and one pair, with what can be done."""

from uuid import UUID

from django.http import HttpResponse

from gapura.access.queries import has_role
from gapura.accounts.queries import (
    ANSWERS,
    DUPLICATES_PAGE,
    EVIDENCE,
    DuplicateView,
    duplicate_for,
    duplicates_for,
)
from gapura.kernel import clock
from gapura.organizations.queries import agencies_by_code
from gapura.web.people.duplicate_forms import AnnounceForm, DifferForm, UpholdForm
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request
from gapura.web.shell.states import DUPLICATES, PROFILE

Decision = AnnounceForm | DifferForm | UpholdForm


def queue(request: Request) -> HttpResponse:
    """One page of 40, the strongest evidence first."""
    page = page_number(request.GET.get("page", ""))
    rows = duplicates_for(request.actor, page)
    values = {
        "rows": rows,
        "states": DUPLICATES,
        "evidence": EVIDENCE,
        "zone": _zone(request),
        "previous": f"?page={page - 1}" if page > 1 else "",
        "next": f"?page={page + 1}" if len(rows) == DUPLICATES_PAGE else "",
    }
    return render(request, "people/duplicates.html", values)


def show(request: Request, duplicate_id: UUID) -> HttpResponse:
    """One pair."""
    return desk(request, duplicate_for(request.actor, duplicate_id))


def desk(request: Request, view: DuplicateView, wrong: Decision | None = None) -> HttpResponse:
    """The page, with the form that was refused or without one."""
    forms: dict[str, Decision] = {
        "announce": AnnounceForm(view),
        "differ": DifferForm(),
        "uphold": UpholdForm(),
    }
    for name, form in forms.items():
        if wrong is not None and type(wrong) is type(form):
            forms[name] = wrong
    codes = {half.agency for half in view.halves if half.agency}
    values = {
        "view": view,
        "forms": forms,
        "form": wrong,
        "states": DUPLICATES,
        "profiles": PROFILE,
        "evidence": EVIDENCE,
        "answers": ANSWERS,
        "agencies": {code: one.name for code, one in agencies_by_code(codes).items()},
        "roles": {half.id: has_role(half.id, clock.now()) for half in view.halves},
        "zone": _zone(request),
    }
    return render(request, "people/duplicate.html", values, 422 if wrong else 200)


def _zone(request: Request) -> str:
    return request.actor.grant.zone if request.actor.grant else clock.JAKARTA
