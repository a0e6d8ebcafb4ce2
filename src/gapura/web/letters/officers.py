"""/letters/<id>/officers: naming officers one by one; taking one off; saying that all are named."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access import services
from gapura.access.errors import ImportOpen, NobodyNamed
from gapura.access.permissions import Can
from gapura.access.queries import (
    DEFINITIVE,
    MOST_PRINCIPALS,
    ROLES,
    STANDING_NAMES,
    OfficerFilters,
    Principal,
    officers_of,
    principals_of,
)
from gapura.access.services import OfficerText
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import RegisterLetter, register_letter_for, unit_paths
from gapura.web.letters.show import words
from gapura.web.letters.words import address
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import (
    ChoiceField,
    DayField,
    DigitsField,
    EmailField,
    Form,
    TextField,
    sentences,
)
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_WAYS = tuple(way for way in STANDING_NAMES if way != "delegate")


class OfficerForm(Form):
    """One officer as the letter names them; days only where they differ from the letter's."""

    name = TextField(
        label=lazy("Name"),
        missing=lazy("Enter the name as it stands in the letter."),
        longest=100,
        autocomplete="off",
    )
    nik = DigitsField(
        label=lazy("NIK"),
        hint=lazy("16 digits. The account is found by it; it is kept encrypted."),
        missing=lazy("Enter the NIK of the officer."),
        autocomplete="off",
    )
    email = EmailField(
        label=lazy("E-mail (optional)"),
        hint=lazy("Whoever has no account yet is invited there once the letter is checked."),
        required=False,
        autocomplete="off",
    )
    role = ChoiceField(label=lazy("Role"), look="select")
    unit = ChoiceField(label=lazy("Unit (satker)"), look="select", required=False)
    valid_from = DayField(label=lazy("First day (optional)"), required=False)
    valid_until = DayField(
        label=lazy("Last day (optional)"),
        hint=lazy("Leave both empty for the days of the letter."),
        required=False,
    )
    standing = ChoiceField(label=lazy("How the office is held"), look="select", required=False)
    principal = ChoiceField(
        label=lazy("Who is stood in for"),
        hint=lazy("Who holds the role now; for a vacant post, who held it last."),
        look="select",
        required=False,
    )

    def __init__(self, letter: RegisterLetter, data: Any = None) -> None:
        super().__init__(data)
        fields: dict[str, Any] = dict(self.fields)
        fields["role"].choices = [(code, tr(ROLES[code].name)) for code in letter.roles]
        fields["unit"].choices = _units(letter)
        fields["standing"].choices = [(way, tr(STANDING_NAMES[way])) for way in _WAYS]
        self._offer(principals_of(letter))

    def _offer(self, found: tuple[Principal, ...]) -> None:
        """Those who can be stood in for; too many to choose from are typed by username."""
        field: Any = self.fields["principal"]
        if len(found) > MOST_PRINCIPALS:
            self.fields["principal"] = TextField(
                label=lazy("Username of who is stood in for"),
                hint=field.help_text,
                longest=32,
                required=False,
                autocomplete="off",
            )
            return
        offices: dict[str, list[str]] = {}
        names = {one.username: one.name for one in found}
        for one in found:
            place = f"{tr(ROLES[one.role].name)}, {one.unit_name}".removesuffix(", ")
            offices.setdefault(one.username, []).append(place)
        field.choices = [
            ("", _("Nobody: appointed in their own right")),
            *(
                (username, f"{names[username]} ({'; '.join(places)})")
                for username, places in offices.items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Who stands in does so for somebody; who is appointed in their own right for nobody."""
        given = super().clean() or self.cleaned_data
        stands_in = given.get("standing") not in ("", None, DEFINITIVE)
        whom = given.get("principal")
        if stands_in and not whom and "principal" not in self.errors:
            self.add_error("principal", _("Choose who is stood in for."))
        if whom and not stands_in:
            self.add_error("standing", _("Say how the officer stands in, or name nobody below."))
        return given

    def officer(self) -> OfficerText:
        """What was typed; call it on a valid form."""
        typed = dict(self.cleaned_data)
        days = {key: typed.pop(key) for key in ("valid_from", "valid_until")}
        standing = typed.pop("standing") or DEFINITIVE
        texts = {key: day.isoformat() if day else "" for key, day in days.items()}
        return OfficerText(**typed, **texts, standing=standing)

    def told(self) -> str:
        """Who was named, and for whom they stand in."""
        given = self.cleaned_data
        if not given["principal"]:
            return _("%(name)s is named in the letter.") % {"name": given["name"]}
        return _("%(name)s is named in the letter: %(standing)s for %(principal)s.") % {
            "name": given["name"],
            "standing": tr(STANDING_NAMES[given["standing"]]),
            "principal": dict(getattr(self.fields["principal"], "choices", ())).get(
                given["principal"], given["principal"]
            ),
        }


def _units(letter: RegisterLetter) -> list[tuple[str, str]]:
    rows = unit_paths(letter.said.agency)
    own = rows.get(letter.said.unit)
    reach = own.path if own else ""
    inside = [row for row in rows.values() if row.path.startswith(reach) and not row.closed_on]
    return [("", _("The whole agency")), *((row.code, row.name) for row in inside)]


def officers(request: Request, letter_id: UUID) -> HttpResponse:
    """The form above those who are named already; POST names one and shows the form again."""
    letter = register_letter_for(request.actor, letter_id)
    require(request.actor, Can.NAME, letter.row)
    if letter.state != "entered":
        return go_to(address(letter_id))
    form = OfficerForm(letter, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.name_officer(actor=request.actor, letter_id=letter_id, officer=form.officer())
        except (FieldProblems, ImportOpen) as problem:
            form.take(problem)
        else:
            flash.say(request, "success", form.told())
            return go_to(address(letter_id, "officers"))
    return _page(request, letter, form)


def _page(request: Request, letter: RegisterLetter, form: OfficerForm) -> HttpResponse:
    values = {
        "letter": letter,
        "form": form,
        "officers": officers_of(request.actor, letter.id, OfficerFilters()),
        **words(),
    }
    return render(request, "letters/officers.html", values, 422 if form.errors else 200)


def withdraw(request: Request, letter_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Take one officer off."""
    services.withdraw_officer(actor=request.actor, appointment_id=appointment_id)
    flash.say(request, "success", _("The officer was taken off the letter."))
    return go_to(address(letter_id))


def ready(request: Request, letter_id: UUID) -> HttpResponse:
    """All are named: those who can check the letter are told."""
    try:
        services.tell_checkers(actor=request.actor, letter_id=letter_id)
    except NobodyNamed as problem:
        flash.say(request, "problem", sentences(problem))
    else:
        flash.say(request, "success", _("Those who can check the letter were told."))
    return go_to(address(letter_id))
