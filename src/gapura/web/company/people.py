"""/company/people: who works for the company, who was invited, who asks; and each act on them."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import AlreadyStaff, StaffReasonMissing
from gapura.access.permissions import Can
from gapura.access.queries import ROLES, invitation_days, joining, member, staff_of
from gapura.accounts.errors import TextUnsafe
from gapura.journeys.onboarding import (
    admit_person,
    invite_staff,
    refuse_join,
    remove_staff,
    withdraw_invitation,
)
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, EmailField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther
from gapura.web.shell.states import GRANTS

HERE = "/company/people"
REFUSE = "refuse"
_OFFERED = ("staf_perusahaan", "admin_perusahaan")


def _roles() -> list[tuple[str, str]]:
    return [(code, tr(ROLES[code].name)) for code in _OFFERED]


class InviteForm(Form):
    """Whom, and as what."""

    email = EmailField(
        label=lazy("E-mail address"),
        hint=lazy("The link works only for an account with this address."),
        missing=lazy("Enter the e-mail address."),
        autocomplete="off",
    )
    role = ChoiceField(label=lazy("Role"), choices=_roles)


class DecideForm(Form):
    """What becomes of a request to be admitted."""

    decision = ChoiceField(
        label=lazy("Your decision"),
        choices=lambda: [*_roles(), (REFUSE, _("Do not admit"))],
    )
    reason = TextField(
        label=lazy("Reason, when you do not admit"),
        hint=lazy("The person reads it. 10 to 300 characters."),
        required=False,
        lines=True,
        rows=3,
        longest=300,
    )


class RemoveForm(Form):
    """Why somebody's role ends."""

    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("The person reads it. 10 to 300 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=300,
    )


def people(request: Request) -> HttpResponse:
    """All of them on one page."""
    context = {"staff": staff_of(request.actor), "roles": ROLES, "states": GRANTS}
    return render(request, "company/people.html", context)


def invite(request: Request) -> HttpResponse:
    """Mail somebody a link."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            invite_staff(actor=request.actor, **form.cleaned_data)
        except FieldProblems as problem:
            form.take(problem)
        else:
            text = _("The invitation was sent to %(email)s. It works for %(days)s days.")
            told = {"email": form.cleaned_data["email"], "days": invitation_days()}
            flash.say(request, "success", text % told)
            return SeeOther(HERE)
    return render(request, "company/invite.html", {"form": form}, 422 if form.errors else 200)


def withdraw(request: Request, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    withdraw_invitation(actor=request.actor, invitation_id=invitation_id)
    flash.say(request, "success", _("The invitation no longer works."))
    return SeeOther(HERE)


def decide(request: Request, join_id: UUID) -> HttpResponse:
    """Admit somebody who asked, as one of the two roles, or do not."""
    found = joining(request.actor, join_id)
    require(request.actor, Can.ADMIT, found)
    if found.state != "waiting":
        flash.say(request, "info", _("This request was decided already."))
        return SeeOther(HERE)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
        try:
            _decide(request, join_id, decision, reason)
        except (AlreadyStaff, StaffReasonMissing, TextUnsafe) as problem:
            form.refuse("reason" if decision == REFUSE else "decision", problem)
        else:
            flash.say(request, "success", _("Decided. %(name)s was told.") % {"name": found.name})
            return SeeOther(HERE)
    context = {"form": form, "join": found}
    return render(request, "company/decide.html", context, 422 if form.errors else 200)


def _decide(request: Request, join_id: UUID, decision: str, reason: str) -> None:
    if decision == REFUSE:
        refuse_join(actor=request.actor, join_id=join_id, reason=reason)
    else:
        admit_person(actor=request.actor, join_id=join_id, role=decision)


def remove(request: Request, grant_id: UUID) -> HttpResponse:
    """End somebody's role at once."""
    found = member(request.actor, grant_id)
    require(request.actor, Can.REVOKE, found)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            remove_staff(actor=request.actor, grant_id=grant_id, reason=reason)
        except (StaffReasonMissing, TextUnsafe) as problem:
            form.refuse("reason", problem)
        else:
            text = _("The role of %(name)s has ended.") % {"name": found.name}
            flash.say(request, "success", text)
            return SeeOther(HERE)
    context = {"form": form, "member": found, "roles": ROLES}
    return render(request, "company/remove.html", context, 422 if form.errors else 200)
