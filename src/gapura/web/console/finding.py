"""/console/findings/<id>: one finding; accept what only warns, or end one of the two roles."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import NoSuchFinding
from gapura.access.queries import ROLES, FindingView, finding_for
from gapura.access.services import accept_finding, revoke
from gapura.kernel.problems import FieldProblems
from gapura.web.console.findings import words
from gapura.web.shell.display import tr
from gapura.web.shell.flash import say
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

HERE = "/console/findings"
_LEAST = 10


class ReasonForm(Form):
    """Why it is accepted."""

    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("At least 10 characters. The auditor reads it."),
        missing=lazy("Write the reason."),
        shortest=_LEAST,
        longest=500,
        lines=True,
        rows=3,
    )


class EndForm(Form):
    """Which of the two roles ends, and why."""

    grant = ChoiceField(label=lazy("Which role ends?"), missing=lazy("Choose one of the roles."))
    why = TextField(
        label=lazy("Reason for ending it"),
        hint=lazy("The person reads this word for word."),
        missing=lazy("Write why the role ends."),
        shortest=_LEAST,
        longest=300,
        lines=True,
        rows=3,
    )

    def __init__(self, view: FindingView, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field: ChoiceField = self.fields["grant"]  # type: ignore[assignment]
        field.choices = [
            (str(side.grant), f"{tr(ROLES[side.role].name)}, {side.place}")
            for side in view.sides
            if side.may_end
        ]


def show(request: Request, finding_id: UUID) -> HttpResponse:
    """The finding with what can be done about it."""
    view = finding_for(request.actor, finding_id)
    return _page(request, view, ReasonForm(), EndForm(view))


def accept(request: Request, finding_id: UUID) -> HttpResponse:
    """Accept it with a reason."""
    view = finding_for(request.actor, finding_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            accept_finding(actor=request.actor, finding_id=finding_id, **form.cleaned_data)
        except FieldProblems as problem:
            form.take(problem)
        else:
            say(request, "success", _("The finding is accepted. The auditor sees it."))
            return go_to(HERE)
    return _page(request, view, form, EndForm(view), 422)


def end(request: Request, finding_id: UUID) -> HttpResponse:
    """End one of the two roles; the finding is closed with the next sweep."""
    view = finding_for(request.actor, finding_id)
    if not any(side.may_end for side in view.sides):
        raise NoSuchFinding()
    form = EndForm(view, request.POST)
    if not form.is_valid():
        return _page(request, view, ReasonForm(), form, 422)
    values = form.cleaned_data
    revoke(actor=request.actor, grants=[UUID(values["grant"])], reason=values["why"])
    say(request, "success", _("The role has ended, and the person was told."))
    return go_to(f"{HERE}/{finding_id}")


def _page(
    request: Request, view: FindingView, reason: ReasonForm, ending: EndForm, status: int = 200
) -> HttpResponse:
    values = {
        "view": view,
        "reason": reason,
        "ending": ending,
        "form": next((form for form in (reason, ending) if form.errors), None),
        **words(request),
    }
    return render(request, "console/finding.html", values, status)
