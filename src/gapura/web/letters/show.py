"""GET /letters/<id>: what a letter says, its scan, its officers, what was done with it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access import permissions as access
from gapura.access.queries import (
    OBSTACLES,
    ROLES,
    STANDING_NAMES,
    OfficerFilters,
    imports_of,
    officers_of,
)
from gapura.access.services import letter_to_check, letter_to_end
from gapura.accounts.queries import people_by_id
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Verdict, decide, may
from gapura.organizations.permissions import Can
from gapura.organizations.queries import RegisterLetter, register_letter_for
from gapura.web.letters.words import IMPORTS, LETTERS, OFFICERS, address
from gapura.web.shell.display import day, moment, tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import GRANTS


class OfficersFilter(Form):
    """Optional: part of a name, one state."""

    text = TextField(label=lazy("Name"), longest=100, required=False)
    state = ChoiceField(label=lazy("State"), look="select", required=False)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["state"]
        field.choices = [("", _("All but those taken off")), *_states()]


def _states() -> list[tuple[str, str]]:
    return [(state, tr(word[0])) for state, word in OFFICERS.items()]


def show(request: Request, letter_id: UUID) -> HttpResponse:
    """Everything about one letter on one page, with what the actor can do next."""
    letter = register_letter_for(request.actor, letter_id)
    form = OfficersFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    typed = request.GET.get("page", "")[:6]
    page = int(typed) if typed.isascii() and typed.isdigit() else 1
    filters = OfficerFilters(chosen.get("state", ""), chosen.get("text", ""), page)
    values = {
        "letter": letter,
        "file": get_document(letter.said.document),
        "officers": officers_of(request.actor, letter_id, filters),
        "filter": form,
        "filters": filters,
        "base": f"?{urlencode({'text': filters.text, 'state': filters.state})}&page=",
        "imports": imports_of(request.actor, letter_id),
        "timeline": timeline(letter),
        "acts": acts(request.actor, letter),
        **words(),
    }
    return render(request, "letters/show.html", values)


def words() -> dict[str, Any]:
    """The tables that letters' pages take their words from."""
    return {
        "roles": ROLES,
        "standings": STANDING_NAMES,
        "obstacles": OBSTACLES,
        "states": LETTERS,
        "officer_states": OFFICERS,
        "import_states": IMPORTS,
        "grant_states": GRANTS,
        "address": address,
        "today": clock.today(),
    }


def acts(actor: Actor, letter: RegisterLetter) -> dict[str, Any]:
    """What this actor may do to the letter now, and why not where that helps."""
    entered, checked = letter.state == "entered", letter.state == "checked"
    to_check = decide(actor, Can.CHECK_LETTER, letter_to_check(actor, letter)) if entered else None
    own_copy = not letter.state and letter.said.revoked_at is None
    ends = (checked or own_copy) and may(actor, Can.REVOKE_LETTER, letter_to_end(letter.row))
    return {
        "name": entered and may(actor, access.Can.NAME, letter.row),
        "check": bool(to_check),
        "why_not": _why_not(actor, to_check),
        "withdraw": entered and may(actor, Can.WITHDRAW_LETTER, letter.row),
        "end": ends,
        "replace": checked and ends,
        "renew": checked and may(actor, Can.ENTER_LETTER),
    }


def _why_not(actor: Actor, verdict: Verdict | None) -> tuple[Any, ...]:
    """The reasons for those who check letters as a rule."""
    if verdict is None or verdict or actor.role not in ("verifikator", "admin_platform"):
        return ()
    return verdict.missing


def timeline(letter: RegisterLetter) -> list[dict[str, Any]]:
    """What was done with the letter, oldest first, and what comes next."""
    said = letter.said
    step = _Steps({said.created_by, *filter(None, (letter.checked_by, letter.revoked_by))})
    found = [step(_("Entered"), said.created_by, said.created_at, "done")]
    if letter.state == "entered":
        return [*found, step(_("To be checked by another"), None, None, "current")]
    if letter.state == "withdrawn":
        return [*found, step(_("Withdrawn"), said.created_by, None, "stopped")]
    if letter.state == "refused":
        why = letter.check_reason
        return [*found, step(_("Refused"), letter.checked_by, letter.checked_at, "stopped", why)]
    if letter.checked_at:
        found.append(step(_("Checked"), letter.checked_by, letter.checked_at, "done"))
    if said.revoked_at:
        title = _("Replaced") if letter.state == "replaced" else _("Revoked")
        why = said.revoke_reason
        return [*found, step(title, letter.revoked_by, said.revoked_at, "stopped", why)]
    over = said.valid_until < clock.today()
    title = _("Ended after %(day)s") if over else _("Ends after %(day)s")
    status = "stopped" if over else "next"
    return [*found, step(title % {"day": day(said.valid_until)}, None, None, status)]


class _Steps:
    """Makes steps of the timeline; knows the names of these people."""

    def __init__(self, people: set[UUID]) -> None:
        self._people = people_by_id(people)

    def __call__(
        self, title: str, who: UUID | None, at: Any, status: str, note: str = ""
    ) -> dict[str, Any]:
        name = self._people[who].name if who in self._people else ""
        facts = [text for text in (name, moment(at)) if text]
        return {"title": title, "status": status, "facts": facts, "note": note}
