"""GET /people/at: who could act in a role on a past day, on which letter, as known when."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import (
    DEFINITIVE,
    ROLES,
    STANDING_NAMES,
    PastHolder,
    Question,
    Scope,
)
from gapura.access.services import look_back
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations.errors import NoSuchAgency, NoSuchUnit
from gapura.organizations.queries import UnitView, agency, unit, units_of
from gapura.web.shell.days import PlainDayField
from gapura.web.shell.display import day, moment, tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

_SCOPES = (Scope.UNIT, Scope.AGENCY)


def _roles() -> list[tuple[str, str]]:
    return [(r.code, tr(r.name)) for r in ROLES.values() if r.scope in _SCOPES]


class AtForm(Form):
    """A GET form. Roles of units need the unit; noon of the day is meant where no time is given."""

    role = ChoiceField(label=lazy("Role"), look="select")
    agency = TextField(label=lazy("Code of the agency"), longest=20, autocomplete="off")
    unit = ChoiceField(label=lazy("Unit"), look="select", required=False)
    day = PlainDayField(label=lazy("On which day"))
    clock = TextField(
        label=lazy("At what time"),
        hint=lazy("For example 09:30, in the unit's own time. Noon when left empty."),
        longest=5,
        width="5",
        required=False,
    )
    known = PlainDayField(
        label=lazy("As it was known on"),
        hint=lazy("Leave empty for what is known today."),
        required=False,
    )

    def __init__(self, actor: Actor, *args: Any) -> None:
        super().__init__(*args)
        fields: Any = self.fields
        fields["role"].choices = _roles()
        if actor.agency:
            del fields["agency"]
            units = [(found.code, found.name) for found in units_of(actor.agency)]
            fields["unit"].choices = [("", _("The agency as a whole")), *units]
        else:
            fields["unit"] = TextField(
                label=_("Code of the unit"), longest=30, required=False, autocomplete="off"
            )

    def clean_clock(self) -> time | None:
        """The time as typed with a colon or a full stop."""
        typed = str(self.cleaned_data.get("clock") or "").replace(".", ":")
        if not typed:
            return None
        try:
            return datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007 - a time of day
        except ValueError:
            self.add_error("clock", _("Type the time as 09:30."))
            return None

    def clean(self) -> dict[str, Any]:
        """A role of a unit is held at one unit; a day to come has no answer yet."""
        given = self.cleaned_data
        role = ROLES.get(given.get("role", ""))
        if role is not None and role.needs_unit and not given.get("unit"):
            self.add_error("unit", _("This role is held at a unit. Choose the unit."))
        if given.get("day") and given["day"] > clock.today():
            self.add_error("day", _("This day has not come yet. Choose today or an earlier day."))
        return given


def show(request: Request) -> HttpResponse:
    """The form; once it was sent, the answer. That somebody asked is recorded."""
    asked_now = "role" in request.GET
    form = AtForm(request.actor, request.GET if asked_now else None)
    if not asked_now:
        return render(request, "people/at.html", {"form": form, "found": None})
    if not form.is_valid() or (question := _question(request.actor, form)) is None:
        return render(request, "people/at.html", {"form": form, "found": None}, 422)
    asked, zone = question
    found = look_back(actor=request.actor, asked=asked)
    values = {
        "form": form,
        "found": [_line(holder, zone) for holder in found],
        "role": tr(ROLES[asked.role].name),
        "at": moment(asked.at, zone),
        "known": moment(asked.known, zone),
    }
    return render(request, "people/at.html", values)


def _question(actor: Actor, form: AtForm) -> tuple[Question, str] | None:
    """What is asked, and the zone of its place; None when the place does not exist."""
    given = form.cleaned_data
    place = _place(actor, form)
    if place is None:
        return None
    code, found = place
    zone = found.zone if found else clock.JAKARTA
    at = _moment(given["day"], given.get("clock") or time(12), zone)
    known = given.get("known")
    until = _moment(known, time(23, 59, 59), zone) if known else clock.now()
    unit_code = found.code if found and ROLES[given["role"]].needs_unit else ""
    return Question(given["role"], code, unit_code, at, min(until, clock.now())), zone


def _place(actor: Actor, form: AtForm) -> tuple[str, UnitView | None] | None:
    given = form.cleaned_data
    try:
        code = actor.agency or agency(given.get("agency", "")).code
        found = unit(given["unit"]) if given.get("unit") else None
    except NoSuchAgency as problem:
        form.add_error("agency", tr(problem.what))
        return None
    except NoSuchUnit as problem:
        form.add_error("unit", tr(problem.what))
        return None
    if found is not None and found.agency != code:
        form.add_error("unit", tr(NoSuchUnit.what))
        return None
    return code, found


def _moment(on: date, at: time, zone: str) -> datetime:
    return datetime.combine(on, at, ZoneInfo(zone))


def _line(holder: PastHolder, zone: str) -> dict[str, Any]:
    """One holder in words."""
    standing = "" if holder.standing == DEFINITIVE else tr(STANDING_NAMES[holder.standing])
    return {
        "name": holder.name,
        "username": holder.username,
        "standing": standing,
        "principal": holder.principal,
        "letter": holder.letter_reference,
        "number": holder.letter_number,
        "signed_on": day(holder.letter_signed_on),
        "signer": holder.letter_signer,
        "span": _span(holder),
        "activated": moment(holder.activated_at, zone),
        "ended": moment(holder.ended_at, zone),
        "could": holder.could_act,
        "paused": holder.paused,
        "account": holder.account,
    }


def _span(holder: PastHolder) -> str:
    until = day(holder.valid_until) if holder.valid_until else _("no end")
    return _("%(first)s to %(last)s") % {"first": day(holder.valid_from), "last": until}
