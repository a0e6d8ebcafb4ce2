"""The form of a letter of the register: what it says, whom it may name, its scan."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import APPOINTABLE, ROLES, year_bound
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.organizations.queries import LetterText, RegisterLetter, unit_paths
from gapura.organizations.services import LetterScope
from gapura.web.letters.letter_fields import LetterFields
from gapura.web.shell.display import tr
from gapura.web.shell.forms import (
    CheckField,
    ChoiceField,
    DayField,
    DigitsField,
    ManyChoicesField,
)

_SAID = ("number", "signed_on", "signer_name", "signer_position", "valid_from", "valid_until")


def _roles() -> list[tuple[str, str]]:
    return [(code, tr(ROLES[code].name)) for code in APPOINTABLE]


class LetterForm(LetterFields):
    """A letter as it is copied from paper. `earlier` is the one that this renews or replaces."""

    field_order = (
        "number",
        "signed_on",
        "signer_name",
        "signer_position",
        "unit",
        "roles",
        "budget_year",
        "valid_from",
        "valid_until",
        "beyond_year",
        "document",
        "copy",
    )

    unit = ChoiceField(
        label=lazy("Unit (satker)"),
        hint=lazy("The letter can name officers of this unit and of all units below it."),
        look="select",
        required=False,
    )
    roles = ManyChoicesField(label=lazy("Roles that the letter gives"), choices=_roles)
    budget_year = DigitsField(
        label=lazy("Budget year (optional)"),
        hint=lazy("Only when the letter is for one budget year. It then ends on 31 December."),
        lengths=(4,),
        width="4",
        required=False,
    )
    valid_until = DayField(
        label=lazy("Last day of the appointment"),
        hint=lazy("Every access that rests on this letter ends after this day at the latest."),
    )
    copy = CheckField(
        label=lazy("Name the officers of the earlier letter again"),
        hint=lazy("They are checked first. You can leave out those who no longer serve."),
        required=False,
    )

    def __init__(
        self,
        actor: Actor,
        data: Any = None,
        files: Any = None,
        *,
        earlier: RegisterLetter | None = None,
        kept: bool = False,
    ) -> None:
        super().__init__(data, files, initial=_initial(earlier))
        unit: Any = self.fields["unit"]
        unit.choices = _units(actor)
        if not year_bound(actor.agency):
            del self.fields["beyond_year"]
        if earlier is None:
            del self.fields["copy"]
        if kept:
            self.fields["document"].required = False
            self.fields["document"].label = _("Replace the scan")

    def said(self) -> LetterText:
        """What the letter says; call it on a valid form."""
        return LetterText(*(self.cleaned_data[name] for name in _SAID))

    def scope(self) -> LetterScope:
        """Whom it may name; call it on a valid form."""
        year = self.cleaned_data["budget_year"]
        roles = tuple(self.cleaned_data["roles"])
        beyond = bool(self.cleaned_data.get("beyond_year"))
        return LetterScope(roles, self.cleaned_data["unit"], int(year) if year else None, beyond)


def _initial(earlier: RegisterLetter | None) -> dict[str, Any]:
    """What a new letter usually has in common with the one before; it begins where that ends."""
    if earlier is None:
        return {}
    said = earlier.said
    return {
        "signer_name": said.signer_name,
        "signer_position": said.signer_position,
        "unit": said.unit,
        "roles": list(earlier.roles),
        "valid_from": said.valid_until + timedelta(days=1),
        "copy": True,
    }


def _units(actor: Actor) -> list[tuple[str, str]]:
    """The units that the active role reaches; the whole agency only for those who reach it."""
    rows = unit_paths(actor.agency).values()
    bound = actor.grant.unit if actor.grant else ""
    today = clock.today()
    open_ones = [row for row in rows if row.closed_on is None or row.closed_on > today]
    if bound:
        inside = [row for row in open_ones if f"/{bound}/" in f"/{row.path}"]
        return [(row.code, row.name) for row in inside]
    return [("", _("The whole agency")), *((row.code, row.name) for row in open_ones)]
