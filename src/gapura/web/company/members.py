"""/company/people/<grant>/change, /left/<grant>, /company/leave/<grant>, and the list as a file."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import LastAdministrator, StaffReasonMissing
from gapura.access.permissions import Can
from gapura.access.queries import (
    DUTY_NAMES,
    ROLES,
    administered_alone,
    member,
    waiting_grant,
    who_left,
)
from gapura.access.services import CSV, XLSX, staff_file
from gapura.accounts.errors import TextUnsafe
from gapura.catalog.queries import begun_by
from gapura.documents.queries import Download
from gapura.journeys.onboarding import change_staff, leave_company
from gapura.kernel.permissions import require
from gapura.web.company.people import HERE, DutiesField, company_roles
from gapura.web.shell import flash
from gapura.web.shell.downloads import saved
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ChangeForm(Form):
    """The role, and what staff may do."""

    role = ChoiceField(label=lazy("Role"), choices=company_roles)
    duties = DutiesField()


class LeaveForm(Form):
    """A word to the administrators, if one likes."""

    reason = TextField(
        label=lazy("Reason, if you like"),
        hint=lazy("The administrators of the company read it. 10 to 300 characters."),
        required=False,
        lines=True,
        rows=3,
        longest=300,
    )


def change(request: Request, grant_id: UUID) -> HttpResponse:
    """What somebody may do, or another role; it counts at once."""
    found = member(request.actor, grant_id)
    require(request.actor, Can.SET_DUTIES, found)
    now = {"role": found.role, "duties": list(found.duties)}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_bound and form.is_valid():
        change_staff(actor=request.actor, grant_id=grant_id, **form.cleaned_data)
        told = _("Saved. What %(name)s may do has changed at once.") % {"name": found.name}
        flash.say(request, "success", told)
        return SeeOther(HERE)
    context = {"form": form, "member": found}
    return render(request, "company/change.html", context, 422 if form.errors else 200)


def left(request: Request, grant_id: UUID) -> HttpResponse:
    """Somebody who no longer works there, and what they did not finish."""
    found = who_left(request.actor, grant_id)
    begun = begun_by(request.actor, found.person_id)
    context = {"person": found, "begun": begun, "roles": ROLES}
    return render(request, "company/left.html", context)


def leave(request: Request, grant_id: UUID) -> HttpResponse:
    """Give the own role at a company up."""
    found = waiting_grant(request.actor, grant_id)
    require(request.actor, Can.LEAVE, found)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            leave_company(actor=request.actor, grant_id=grant_id, **form.cleaned_data)
        except LastAdministrator:
            return SeeOther(f"/company/leave/{grant_id}")
        except (StaffReasonMissing, TextUnsafe) as problem:
            form.refuse("reason", problem)
        else:
            told = _("You no longer work for %(company)s here.") % {"company": found.name}
            flash.say(request, "success", told)
            return SeeOther("/company")
    last = found.company_id in administered_alone(found.person_id)
    context = {"form": form, "grant": found, "last": last, "roles": ROLES, "duties": DUTY_NAMES}
    return render(request, "company/leave.html", context, 422 if form.errors else 200)


def file(form: str) -> Callable[[Request], HttpResponse]:
    """The list of people as a file of this form."""

    def download(request: Request) -> HttpResponse:
        content = staff_file(actor=request.actor, form=form)
        name = f"{_('people')}-{request.actor.grant.company}.{form}" if request.actor.grant else ""
        return saved(Download(name, _TYPES[form], content))

    return download
