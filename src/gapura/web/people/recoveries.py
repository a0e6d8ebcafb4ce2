"""GET /people/recoveries: who lost every way to sign in; and one of them, with what can be done."""

from uuid import UUID

from django.http import HttpResponse

from gapura.authentication.queries import (
    RECOVERIES_PAGE,
    RecoveryView,
    recoveries_for,
    recovery_for,
    waits_for,
)
from gapura.kernel import clock
from gapura.organizations.queries import agencies_by_code
from gapura.web.people.recovery_forms import RefuseRecoveryForm, SecondForm, VouchForm
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request
from gapura.web.shell.states import RECOVERIES

Decision = VouchForm | SecondForm | RefuseRecoveryForm


def queue(request: Request) -> HttpResponse:
    """One page of 40, the oldest first."""
    number = request.GET.get("page", "")
    page = page_number(number)
    rows = recoveries_for(request.actor, page)
    values = {
        "rows": rows,
        "states": RECOVERIES,
        "zone": _zone(request),
        "previous": f"?page={page - 1}" if page > 1 else "",
        "next": f"?page={page + 1}" if len(rows) == RECOVERIES_PAGE else "",
    }
    return render(request, "people/recoveries.html", values)


def show(request: Request, recovery_id: UUID) -> HttpResponse:
    """One way back."""
    return desk(request, recovery_for(request.actor, recovery_id))


def desk(request: Request, view: RecoveryView, wrong: Decision | None = None) -> HttpResponse:
    """The page, with the form that was refused or without one."""
    agency = agencies_by_code({view.agency}).get(view.agency) if view.agency else None
    forms: dict[str, Decision] = {
        "vouch": VouchForm(view),
        "second": SecondForm(),
        "refuse": RefuseRecoveryForm(),
    }
    for name, form in forms.items():
        if wrong is not None and type(wrong) is type(form):
            forms[name] = wrong
    values = {
        "view": view,
        "forms": forms,
        "form": wrong,
        "states": RECOVERIES,
        "agency": agency.name if agency else "",
        "waits": waits_for(view.kind),
        "zone": _zone(request),
    }
    return render(request, "people/recovery.html", values, 422 if wrong else 200)


def _zone(request: Request) -> str:
    return request.actor.grant.zone if request.actor.grant else clock.JAKARTA
