"""/company/people: who works for the company, who was invited, who asks; and each act on them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import AlreadyStaff, StaffReasonMissing
from gapura.access.permissions import Can
from gapura.access.queries import (
    DUTIES,
    DUTY_NAMES,
    ROLES,
    administrators_advised,
    invitation_days,
    joining,
    member,
    people_who_left,
    running_succession,
    staff_of,
)
from gapura.accounts.errors import TextUnsafe
from gapura.catalog.queries import begun_by
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
from gapura.web.shell.forms import ChoiceField, EmailField, Form, ManyChoicesField, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther
from gapura.web.shell.states import GRANTS

HERE = "/company/people"
REFUSE = "refuse"
_OFFERED = ("staf_perusahaan", "admin_perusahaan")


def company_roles() -> list[tuple[str, str]]:
    """The two roles that a company gives."""
    return [(code, tr(ROLES[code].name)) for code in _OFFERED]


def duty_choices() -> list[tuple[str, str]]:
    """What staff may be given, as check boxes."""
    return [(code, tr(text)) for code, text in DUTIES.items()]


class DutiesField(ManyChoicesField):
    """What somebody may do; none of them lets them read only."""

    def __init__(self) -> None:
        super().__init__(
            label=lazy("What staff may do"),
            hint=lazy("Administrators may do all of it. Without any, staff can only read."),
            choices=duty_choices,
            required=False,
        )


class InviteForm(Form):
    """Whom, and as what."""

    email = EmailField(
        label=lazy("E-mail address"),
        hint=lazy("The link works only for an account with this address."),
        missing=lazy("Enter the e-mail address."),
        autocomplete="off",
    )
    role = ChoiceField(label=lazy("Role"), choices=company_roles)
    duties = DutiesField()


class DecideForm(Form):
    """What becomes of a request to be admitted."""

    decision = ChoiceField(
        label=lazy("Your decision"),
        choices=lambda: [*company_roles(), (REFUSE, _("Do not admit"))],
    )
    duties = DutiesField()
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
    staff = staff_of(request.actor)
    context = {
        "staff": staff,
        "left": people_who_left(request.actor),
        "takeover": running_succession(request.actor),
        "advised": administrators_advised(),
        "roles": ROLES,
        "duties": DUTY_NAMES,
        "states": GRANTS,
    }
    return render(request, "company/people.html", context)


def invite(request: Request) -> HttpResponse:
    """Mail somebody a link."""
    first = {"role": request.GET.get("role", "")[:30]}
    form = InviteForm(request.POST if request.method == "POST" else None, initial=first)
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
        decision = form.cleaned_data["decision"]
        try:
            _decide(request, join_id, form.cleaned_data)
        except (AlreadyStaff, StaffReasonMissing, TextUnsafe) as problem:
            form.refuse("reason" if decision == REFUSE else "decision", problem)
        else:
            flash.say(request, "success", _("Decided. %(name)s was told.") % {"name": found.name})
            return SeeOther(HERE)
    context = {"form": form, "join": found}
    return render(request, "company/decide.html", context, 422 if form.errors else 200)


def _decide(request: Request, join_id: UUID, told: dict[str, Any]) -> None:
    actor, decision = request.actor, told["decision"]
    if decision == REFUSE:
        refuse_join(actor=actor, join_id=join_id, reason=told["reason"])
    else:
        admit_person(actor=actor, join_id=join_id, role=decision, duties=told["duties"])


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
            return SeeOther(f"{HERE}/left/{grant_id}")
    begun = begun_by(request.actor, found.person_id)
    context = {"form": form, "member": found, "roles": ROLES, "begun": begun}
    return render(request, "company/remove.html", context, 422 if form.errors else 200)
