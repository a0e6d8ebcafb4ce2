"""/letters/<id>/revoke and replace: first all that ends with the letter, then the deed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import resting_on
from gapura.access.services import end_letter, letter_to_end
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.organizations.errors import LetterEnded, NotInForce, ReasonMissing
from gapura.organizations.permissions import Can
from gapura.organizations.queries import RegisterLetter, live_letters, register_letter_for
from gapura.web.letters.show import words
from gapura.web.letters.words import address
from gapura.web.shell import flash
from gapura.web.shell.display import day
from gapura.web.shell.forms import CheckField, ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


class EndForm(Form):
    """Why a letter ends, and that the list was read."""

    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("The people concerned read it. 10 to 500 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=500,
    )
    seen = CheckField(label=lazy("All accesses listed here end at once"))


class ReplaceForm(EndForm):
    """The same, with the letter that stands in its place."""

    by = ChoiceField(
        label=lazy("Letter that takes its place"),
        look="select",
        missing=lazy("Choose the letter that takes its place."),
    )
    field_order = ("by", "reason", "seen")

    def __init__(self, letter: RegisterLetter, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["by"]
        rows = live_letters(letter.said.agency, but=letter.id)
        field.choices = [
            ("", _("Choose a letter")),
            *((str(row.id), f"{row.number}, {day(row.signed_on)}") for row in rows),
        ]


def revoke(request: Request, letter_id: UUID) -> HttpResponse:
    """End the letter with all that rests on it."""
    letter = _living(request, letter_id)
    if letter is None:
        return go_to(address(letter_id))
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (done := _done(request, letter, form)):
        return done
    return _page(request, letter, form, "letters/revoke.html")


def replace(request: Request, letter_id: UUID) -> HttpResponse:
    """End the letter in favor of another one that is checked."""
    letter = _living(request, letter_id)
    if letter is None or letter.state != "checked":
        return go_to(address(letter_id))
    form = ReplaceForm(letter, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (done := _done(request, letter, form)):
        return done
    return _page(request, letter, form, "letters/replace.html")


def _living(request: Request, letter_id: UUID) -> RegisterLetter | None:
    """The letter when it can still end."""
    letter = register_letter_for(request.actor, letter_id)
    require(request.actor, Can.REVOKE_LETTER, letter_to_end(letter.row))
    living = letter.state in ("", "checked") and letter.said.revoked_at is None
    return letter if living else None


def _done(request: Request, letter: RegisterLetter, form: EndForm) -> HttpResponse | None:
    by = form.cleaned_data.get("by")
    try:
        ended = end_letter(
            actor=request.actor,
            letter_id=letter.id,
            reason=form.cleaned_data["reason"],
            by=UUID(by) if by else None,
        )
    except ReasonMissing as problem:
        form.refuse("reason", problem)
        return None
    except NotInForce as problem:
        form.refuse("by", problem)
        return None
    except (LetterEnded, NoSuchMove):
        flash.say(request, "info", _("Somebody else ended this letter a moment before you."))
        return go_to(address(letter.id))
    text = _("The letter has ended, and %(count)s accesses with it. The people are told.")
    flash.say(request, "success", text % {"count": ended})
    return go_to(address(letter.id))


def _page(request: Request, letter: RegisterLetter, form: EndForm, template: str) -> HttpResponse:
    typed = request.GET.get("page", "")[:6]
    page = int(typed) if typed.isascii() and typed.isdigit() else 1
    resting = resting_on(request.actor, letter.id, page)
    values = {"letter": letter, "form": form, "resting": resting, "page": page, **words()}
    return render(request, template, values, 422 if form.errors else 200)
