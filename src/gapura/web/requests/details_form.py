"""The form of a role's own questions: rank, the unit's number, how the office is held."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import (
    DEFINITIVE,
    NPWP_CONFIRMED,
    RANKS,
    STANDING_NAMES,
    DraftView,
    FormField,
)
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, DigitsField, Form, TextField

_NPWP, _RANK = "unit_npwp", "rank"
SAME, OTHER = "same", "other"


class DetailsForm(Form):
    """What the role's row asks of this person; `partial` leaves all of it for later."""

    def __init__(
        self, draft: DraftView, kind: str, data: Any = None, *, partial: bool = False
    ) -> None:
        super().__init__(data, initial=_initial(draft))
        self.draft = draft
        if draft.standings:
            self._add_standing(draft)
        for field in draft.fields:
            self._add(field, kind)
        for each in self.fields.values():
            each.required = each.required and not partial

    def _add_standing(self, draft: DraftView) -> None:
        ways = (DEFINITIVE, *draft.standings)
        self.fields["standing"] = ChoiceField(
            label=lazy("How do you hold this office?"),
            choices=[(way, tr(STANDING_NAMES[way])) for way in ways],
            missing=lazy("Say how you hold this office."),
        )
        self.fields["principal"] = TextField(
            label=lazy("Username of the officer whom you stand in for"),
            hint=lazy("Who holds the role now; for a vacant post, who held it last."),
            longest=32,
            required=False,
            autocomplete="off",
        )

    def _add(self, field: FormField, kind: str) -> None:
        if field.name == _NPWP:
            self._add_number(field)
        elif field.name == _RANK and kind in RANKS:
            self.fields[_RANK] = ChoiceField(
                label=lazy("Rank (golongan)"),
                choices=[("", _("Choose a rank")), *((rank, rank) for rank in RANKS[kind])],
                look="select",
                missing=tr(field.missing),
            )
        else:
            self.fields[field.name] = TextField(
                label=tr(field.label),
                hint=tr(field.hint) if field.hint else "",
                missing=tr(field.missing) if field.missing else None,
                required=field.required,
                longest=field.most,
                shortest=field.least,
                autocomplete="off",
            )

    def _add_number(self, field: FormField) -> None:
        """Asked in full while unknown; afterwards shown masked, to be confirmed."""
        known = bool(self.draft.npwp_known)
        if known:
            text = _("Yes, it is %(number)s") % {"number": self.draft.npwp_known}
            self.fields["npwp_is"] = ChoiceField(
                label=lazy("Is this the tax number (NPWP) of your unit?"),
                choices=[(SAME, text), (OTHER, _("No, it is another one"))],
                missing=lazy("Compare the number with your unit's tax card, then choose."),
            )
        hint = tr(field.hint)
        if self.draft.npwp:
            told = _("Told so far: %(number)s. Leave it empty to keep it.")
            hint = f"{hint} {told % {'number': self.draft.npwp}}"
        self.fields[_NPWP] = DigitsField(
            label=tr(field.label),
            hint=hint,
            missing=tr(field.missing),
            lengths=(15, 16),
            required=not known and not self.draft.npwp,
            autocomplete="off",
        )

    def clean(self) -> dict[str, Any]:
        """A name for whoever is stood in for, a number where the known one is wrong."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stands_in = cleaned.get("standing", DEFINITIVE) not in ("", DEFINITIVE)
        if stands_in and not cleaned.get("principal") and "principal" not in self.errors:
            self.add_error(
                "principal", _("Enter the username of the officer whom you stand in for.")
            )
        other = cleaned.get("npwp_is") == OTHER and not self.draft.npwp
        if other and not cleaned.get(_NPWP) and _NPWP not in self.errors:
            self.add_error(_NPWP, _("Enter the tax number (NPWP) of your unit, not your own."))
        return cleaned

    def answers(self) -> dict[str, str]:
        """What was answered, by the name of the question; call it on a valid form."""
        told = {each.name: self.cleaned_data.get(each.name) or "" for each in self.draft.fields}
        same = self.cleaned_data.get("npwp_is") == SAME
        if same:
            told[_NPWP] = ""
        return {**told, **({NPWP_CONFIRMED: "yes"} if same else {})}


def _initial(draft: DraftView) -> dict[str, Any]:
    npwp_is = SAME if draft.npwp_confirmed else OTHER if draft.npwp else ""
    held = {"standing": draft.standing, "principal": draft.principal, "npwp_is": npwp_is}
    return {**draft.details, **held}
