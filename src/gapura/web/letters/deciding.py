"""/letters/<id>/check, refuse, withdraw: what becomes of a letter that was entered."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access import services
from gapura.access.errors import ImportOpen, NobodyNamed, OfficersChanged
from gapura.access.queries import OfficerFilters, mark_of_officers, officers_of, warned_officers
from gapura.access.services import letter_to_check
from gapura.documents.queries import get_document
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.organizations.errors import ReasonMissing
from gapura.organizations.permissions import Can
from gapura.organizations.queries import RegisterLetter, register_letter_for
from gapura.web.letters.show import words
from gapura.web.letters.words import address
from gapura.web.shell import flash
from gapura.web.shell.forms import CheckField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


class CheckForm(Form):
    """What is confirmed before a letter counts."""

    compared = CheckField(
        label=lazy("Number, date, signer, roles and days are the same as in the scan")
    )
    officers = CheckField(label=lazy("The officers named here are those that the letter appoints"))


class ReasonForm(Form):
    """Why."""

    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("The people concerned read it. 10 to 500 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=500,
    )


def check(request: Request, letter_id: UUID) -> HttpResponse:
    """The scan beside what was entered; POST makes the letter count."""
    letter = register_letter_for(request.actor, letter_id)
    require(request.actor, Can.CHECK_LETTER, letter_to_check(request.actor, letter))
    if letter.state != "entered":
        return go_to(address(letter_id))
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            seen = request.POST.get("seen", "")[:40]
            services.check_letter(actor=request.actor, letter_id=letter_id, seen=seen)
        except (ImportOpen, NobodyNamed, OfficersChanged) as problem:
            form.take(problem)
        except NoSuchMove:
            return _overtaken(request, letter_id, "checked")
        else:
            text = _("The letter is checked. Its officers are told and only confirm.")
            flash.say(request, "success", text)
            return go_to(address(letter_id))
    return _desk(request, letter, form)


def _desk(request: Request, letter: RegisterLetter, form: Form) -> HttpResponse:
    officers = officers_of(request.actor, letter.id, OfficerFilters())
    values = {
        "letter": letter,
        "form": form,
        "file": get_document(letter.said.document),
        "seen": mark_of_officers(letter.id),
        "officers": officers,
        "warned": warned_officers([row.id for row in officers.rows]),
        **words(),
    }
    return render(request, "letters/check.html", values, 422 if form.errors else 200)


def refuse(request: Request, letter_id: UUID) -> HttpResponse:
    """Send the letter away for good, with the reason."""
    letter = register_letter_for(request.actor, letter_id)
    require(request.actor, Can.CHECK_LETTER, letter_to_check(request.actor, letter))
    if letter.state != "entered":
        return go_to(address(letter_id))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        problem: Problem
        try:
            services.refuse_letter(actor=request.actor, letter_id=letter_id, reason=reason)
        except ReasonMissing as problem:
            form.refuse("reason", problem)
        except ImportOpen as problem:
            form.take(problem)
        except NoSuchMove:
            return _overtaken(request, letter_id, "refused")
        else:
            flash.say(request, "success", _("The letter is refused. Who entered it was told why."))
            return go_to(address(letter_id))
    values = {"letter": letter, "form": form, "address": address}
    return render(request, "letters/refuse.html", values, 422 if form.errors else 200)


def withdraw(request: Request, letter_id: UUID) -> HttpResponse:
    """GET asks, POST does it. Doing it twice ends on the same page."""
    letter = register_letter_for(request.actor, letter_id)
    require(request.actor, Can.WITHDRAW_LETTER, letter.row)
    if letter.state != "entered":
        return go_to(address(letter_id))
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.withdraw_letter(actor=request.actor, letter_id=letter_id)
        except ImportOpen as problem:
            form.take(problem)
        except NoSuchMove:
            return _overtaken(request, letter_id, "withdrawn")
        else:
            flash.say(request, "success", _("You withdrew the letter. It gave nobody access."))
            return go_to("/letters")
    values = {"letter": letter, "form": form, "address": address}
    return render(request, "letters/withdraw.html", values, 422 if form.errors else 200)


def _overtaken(request: Request, letter_id: UUID, meant: str) -> HttpResponse:
    """Somebody was first: with the same end that is no news, with another it is."""
    if register_letter_for(request.actor, letter_id).state != meant:
        text = _("Somebody else decided this letter a moment before you.")
        flash.say(request, "info", text)
    return go_to(address(letter_id))
