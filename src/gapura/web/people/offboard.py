"""/people/<username>/offboard: first all that hangs on the person, then the deed."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from gapura.access.errors import LeavingChanged
from gapura.access.queries import ROLES, STANDING_NAMES, LeavingGrant, LeavingRequest, WaitingName
from gapura.journeys.offboarding import LONGEST_REASON, Done, Heir, Picture, look, offboard
from gapura.kernel import clock
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import LETTER_STATES, agencies_by_code
from gapura.purchasing.queries import LeftOrder
from gapura.web.shell import flash
from gapura.web.shell.display import day, moment, tr
from gapura.web.shell.forms import CheckField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import GRANTS, REQUESTS


class OffboardForm(Form):
    """Why somebody leaves, and that the list was read."""

    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("The person reads it. 10 to 300 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=LONGEST_REASON,
    )
    read = CheckField(label=lazy("I have read the list; all of it ends or is handed over now"))


def show(request: Request, username: str) -> HttpResponse:
    """The list and the form; POST does it once, also when it is sent twice."""
    agency = (request.POST.get("agency") or request.GET.get("agency") or "")[:20]
    form = OffboardForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, username, agency, form)
    try:
        done = offboard(
            actor=request.actor,
            username=username,
            agency=agency,
            reason=form.cleaned_data["reason"],
            seen=request.POST.get("seen", "")[:40],
        )
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, username, agency, form)
    except LeavingChanged as problem:
        return _stale(request, username, agency, form, problem)
    return _said(request, username, done)


def _said(request: Request, username: str, done: Done) -> HttpResponse:
    """Back to the person's page, with what was done and which offices nobody holds now."""
    said = ngettext(
        "%(count)s access has ended. What was open is handed over, and everybody is told.",
        "%(count)s accesses have ended. What was open is handed over, and everybody is told.",
        done.grants,
    )
    flash.say(request, "success", said % {"count": done.grants})
    for heir in done.vacant:
        flash.say(request, "info", _nobody(heir))
    return go_to(f"/people/{username}")


def _stale(
    request: Request, username: str, agency: str, form: OffboardForm, problem: LeavingChanged
) -> HttpResponse:
    """Done by the first of two clicks, or changed meanwhile: then the list is shown anew."""
    if look(actor=request.actor, username=username, agency=agency).is_empty:
        flash.say(request, "info", _("Nothing hangs on this person at the agency any more."))
        return go_to(f"/people/{username}")
    form.refuse("read", problem)
    return _page(request, username, agency, form, 409)


def _page(
    request: Request, username: str, agency: str, form: OffboardForm, status: int = 0
) -> HttpResponse:
    found = look(actor=request.actor, username=username, agency=agency)
    code = found.left.agency
    names = {key: one.name for key, one in agencies_by_code({code, *found.agencies}).items()}
    values = {
        "form": form,
        "found": found,
        "who": found.left.subject,
        "agency": names.get(code, code),
        "code": code,
        "elsewhere": [
            {"code": each, "name": names[each]}
            for each in found.agencies
            if each != code and each in names
        ],
        "states": {"grant": GRANTS, "request": REQUESTS},
        "now": moment(clock.now()),
    }
    status = status or (422 if form.errors else 200)
    return render(request, "people/offboard.html", values | _lists(found), status)


def _lists(found: Picture) -> dict[str, Any]:
    left = found.left
    return {
        "grants": [_grant(one) for one in left.grants],
        "given": [_grant(one) for one in left.given],
        "requests": [_request(one) for one in left.requests],
        "claims": [_request(one) for one in left.claims],
        "named": [_named(one) for one in left.named],
        "cases": [{"name": one.name, "due": moment(one.due_at)} for one in found.cases],
        "heirs": [_heir(one) for one in found.heirs],
        "others": [_order(one) for one in found.others],
    }


def _grant(one: LeavingGrant) -> dict[str, Any]:
    return {
        "role": tr(ROLES[one.role].name),
        "place": one.place.label,
        "standing": "" if one.standing == "definitive" else tr(STANDING_NAMES[one.standing]),
        "name": one.name,
        "state": one.state,
        "letter": one.letter,
        "number": one.letter_number,
        "span": _("%(first)s to %(last)s")
        % {"first": day(one.first), "last": day(one.last) if one.last else _("no end")},
    }


def _request(one: LeavingRequest) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "role": tr(ROLES[one.role].name),
        "place": one.place.label,
        "name": one.name,
        "state": one.state,
    }


def _named(one: WaitingName) -> dict[str, Any]:
    return {
        "letter": one.letter,
        "number": one.number,
        "role": tr(ROLES[one.role].name),
        "place": one.unit_name or "",
        "state": tr(LETTER_STATES[one.state]),
    }


def _heir(heir: Heir) -> dict[str, Any]:
    return {
        "title": f"{tr(ROLES[heir.role].name)}, {heir.unit_name}",
        "names": ", ".join(heir.names),
        "nobody": "" if heir.people else _nobody(heir),
        "orders": [_order(one) for one in heir.orders],
    }


def _nobody(heir: Heir) -> str:
    role = tr(ROLES[heir.role].name)
    if not heir.orders:
        text = _("Nobody else acts as %(role)s at %(unit)s. No order waits; its head is told.")
        return text % {"role": role, "unit": heir.unit_name}
    text = ngettext(
        "Nobody else acts as %(role)s at %(unit)s: %(count)s order waits until somebody is "
        "appointed. Its head is told.",
        "Nobody else acts as %(role)s at %(unit)s: %(count)s orders wait until somebody is "
        "appointed. Its head is told.",
        len(heir.orders),
    )
    return text % {"role": role, "unit": heir.unit_name, "count": len(heir.orders)}


def _order(one: LeftOrder) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "company": one.company_name,
        "unit": one.unit_name,
        "total": one.total,
        "state": tr(one.state_name),
        "what": tr(one.what),
        "due": moment(one.due_at, one.zone) if one.due_at else "",
        "only_signer": one.only_signer,
    }
