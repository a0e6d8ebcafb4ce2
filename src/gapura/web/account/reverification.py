"""/account/reverification: verify one's account again, or say that one's data has changed."""

from contextlib import suppress

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.errors import NothingToVerify
from gapura.accounts.permissions import Can
from gapura.accounts.queries import (
    CHANGES,
    IdentityCheck,
    identity_for,
    own_document,
    own_profile,
    own_reverifications,
    person_by_id,
)
from gapura.accounts.services import report_change, require_reverification, reverify
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.registry import panel
from gapura.web.shell.requests import Request, SeeOther

HERE = "/account/reverification"


class ChangeForm(Form):
    """What is no longer as it was verified."""

    change = ChoiceField(
        label=lazy("What has changed?"),
        missing=lazy("Choose what has changed."),
        choices=lambda: [(code, tr(name)) for code, name in CHANGES.items()],
    )
    reason = TextField(
        label=lazy("What happened?"),
        hint=lazy("For example: I married in October, and my identity card has the new name."),
        longest=500,
        lines=True,
        rows=3,
        spelling=True,
    )


def show(request: Request) -> HttpResponse:
    """What waits, the data as it is kept, and the ways to verify it."""
    values = {
        "rows": own_reverifications(request.actor),
        "profile": own_profile(request.actor),
        "panel": panel(identity_for(request.actor, request.actor.who)),
        "own": own_document(request.actor),
    }
    return render(request, "account/reverification.html", values)


def confirm(request: Request) -> HttpResponse:
    """Ask the registry; its word is enough."""
    try:
        proof = reverify(actor=request.actor)
    except NothingToVerify as problem:
        flash.say(request, "info", tr(problem.what))
        return SeeOther(HERE)
    if proof.confirmed:
        text = _("Your account is verified again. Everything works as before.")
        flash.say(request, "success", text)
    elif proof.outcome == "unavailable":
        text = _(
            "The civil registry does not answer at the moment, so nothing has changed. Try again"
            " later, or send your identity document."
        )
        flash.say(request, "info", text)
    else:
        text = _("The civil registry has something else. See below what you can do.")
        flash.say(request, "info", text)
    return SeeOther(HERE)


def change(request: Request) -> HttpResponse:
    """The form to say what changed; POST gives the days to prove it."""
    profile = own_profile(request.actor)
    person = IdentityCheck(person_by_id(request.actor.who))
    require(request.actor, Can.REPORT_CHANGE, person)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            report_change(actor=request.actor, **form.cleaned_data)
        except FieldProblems as problem:
            form.take(problem)
        except Problem as problem:
            put(form, problem)
        else:
            text = _("You said what has changed. Until the day below everything works as before.")
            flash.say(request, "success", text)
            return SeeOther(HERE)
    values = {"form": form, "profile": profile}
    return render(
        request, "account/reverification_change.html", values, 422 if form.errors else 200
    )


def correct(request: Request) -> HttpResponse:
    """Open the own data for correcting: only whoever said that something changed is offered it."""
    if not any(row.kind == "change" for row in own_reverifications(request.actor)):
        return SeeOther(HERE)
    reason = _("The person said that the verified data has changed.")
    with suppress(NoSuchMove):
        require_reverification(actor=request.actor, person_id=request.actor.who, reason=reason)
    return SeeOther("/account/identity")
