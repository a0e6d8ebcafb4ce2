"""The form of a registration: what is asked depends on the type of person."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import Details, Kind
from gapura.authentication.queries import password_policy
from gapura.kernel.problems import Problem
from gapura.organizations.queries import find_agencies
from gapura.web.shell.display import tr
from gapura.web.shell.forms import (
    CheckField,
    ChoiceField,
    DigitsField,
    EmailField,
    Form,
    PasswordField,
    TextField,
    sentences,
)
from gapura.web.shell.passwords import explain_rule

MOST_AGENCIES = 10
SEARCH_LONGEST = 100
# Never shown again, and never kept between two tries.
_SECRET = "password"  # noqa: S105 - a field's name


class KindForm(Form):
    """The type of person; it decides what is asked next."""

    kind = ChoiceField(
        label=lazy("What describes you?"),
        missing=lazy("Choose what describes you."),
        hints={
            "pns": lazy("You have a NIP of 18 digits."),
            "pppk": lazy("You have an NI PPPK of 18 digits."),
            "tni_polri": lazy("You have an NRP."),
            "citizen": lazy("For example a supplier or its staff. You need only your NIK."),
        },
    )


class DetailsForm(Form):
    """All that is asked at registration."""

    name = TextField(
        label=lazy("Full name"),
        hint=lazy("As on your identity card (KTP). Titles may be added."),
        missing=lazy("Enter your full name as on your identity card."),
        longest=100,
        autocomplete="name",
    )
    nik = DigitsField(
        label=lazy("NIK"),
        hint=lazy("16 digits, on your identity card (KTP)."),
        missing=lazy("Enter your NIK. It has 16 digits and is on your identity card (KTP)."),
        lengths=(16,),
        autocomplete="off",
    )
    nip = DigitsField(label="NIP", lengths=(18,), autocomplete="off")
    agency_text = TextField(
        label=lazy("Your agency"),
        hint=lazy("Type part of the name, for example “Kemenkes” or “Pemkab Bogor”."),
        missing=lazy("Enter part of the name of your agency, then choose it."),
        longest=SEARCH_LONGEST,
        autocomplete="off",
    )
    agency = ChoiceField(label=lazy("Which one is it?"), required=False)
    email = EmailField(
        label=lazy("E-mail address"),
        hint=lazy("One that only you read. We send a code to it."),
        missing=lazy("Enter your e-mail address, for example siti@instansi.go.id."),
    )
    username = TextField(
        label=lazy("Username"),
        hint=lazy(
            "2 to 32 letters a to z, digits, full stops or hyphens. Others can see it, so do not "
            "use your NIK or NIP."
        ),
        missing=lazy("Choose a username, for example siti.aminah."),
        longest=64,
        autocomplete="username",
        inputmode="email",
        width="20",
    )
    password = PasswordField(
        new=True,
        check_url="/register/password-check",
    )
    read = CheckField(
        label=lazy("I have read the privacy notice, and what I entered here is true"),
        missing=lazy("Read the privacy notice, then tick the box below it."),
    )
    compared = CheckField(
        label=lazy("I compared the numbers with my cards. They are right"),
        missing=lazy("Compare the numbers with your cards. If they are right, tick the box."),
    )

    def __init__(
        self,
        kind: Kind,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.person_kind = kind
        explain_rule(self, _SECRET, password_policy())
        del self.fields["compared"]
        if kind.official:
            self._for_officials(kind)
        else:
            for name in ("nip", "agency_text", "agency"):
                del self.fields[name]

    def _for_officials(self, kind: Kind) -> None:
        if kind.code == "tni_polri":
            self.fields["nip"] = TextField(label="NRP", longest=40, autocomplete="off", width="20")
        number, field = kind.number, self.fields["nip"]
        field.label = number
        field.help_text = _("It is on your staff card and on your appointment decree.")
        field.error_messages["required"] = _(
            "Enter your %(number)s. It is on your appointment decree and on your staff card."
        ) % {"number": number}
        agency: Any = self.fields["agency"]
        agency.choices = self._found()

    def _found(self) -> list[tuple[str, str]]:
        typed = str(self["agency_text"].value() or "").replace("\0", "")[:SEARCH_LONGEST]
        return [(each.code, each.name) for each in find_agencies(typed, MOST_AGENCIES)]

    def clean(self) -> dict[str, Any]:
        """The agency is the chosen one, or the only one that fits the text."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("agency_text")
        if typed and "agency" not in self.errors and not cleaned.get("agency"):
            cleaned["agency"] = self._the_only_one(typed)
        return cleaned

    def _the_only_one(self, typed: str) -> str:
        found: Any = self.fields["agency"].choices  # type: ignore[attr-defined]
        same = [code for code, name in found if name.casefold() == typed.casefold()]
        fitting = same or [code for code, _name in found]
        if len(fitting) == 1:
            return str(fitting[0])
        if fitting:
            self.add_error("agency", _("Several agencies fit. Choose yours."))
        else:
            self.add_error(
                "agency_text",
                _("No agency has such a name. Try a part of the name, or another spelling."),
            )
        return ""

    def told(self, language: str) -> Details:
        """What was understood so far; empty texts stand for what was not."""
        known = {
            name: str(self.cleaned_data.get(name) or "")
            for name in ("name", "nik", "nip", "agency", "email", "username")
        }
        return Details(kind=self.person_kind.code, language=language, **known)

    def take_more(self, problems: Mapping[str, Problem]) -> None:
        """Problems of fields that have none yet, so that all are shown at once."""
        for name, problem in problems.items():
            if name in self.fields and name not in self.errors and self.cleaned_data.get(name):
                self.add_error(name, sentences(problem))

    def ask_to_compare(self) -> None:
        """The numbers contradict each other: going on needs a confirmation."""
        field = deepcopy(self.base_fields["compared"])
        self.fields["compared"] = field
        self.order_fields(("name", "nik", "nip", "compared"))
        self.add_error("compared", str(field.error_messages["required"]))

    def ask_password_again(self) -> None:
        """It is not shown again, and whoever overlooks that would be sent back once more."""
        if _SECRET not in self.errors:
            self.add_error(
                _SECRET, _("For safety we did not keep the password. Enter it once more.")
            )

    @classmethod
    def kept(cls, kind: Kind, data: Mapping[str, Any]) -> "DetailsForm":
        """The same texts in a form that nobody has sent yet: after searching the agency."""
        known = {name: data.get(name, "") for name in cls.base_fields if name != _SECRET}
        return cls(kind, initial=known)


def kind_choices(kinds: Mapping[str, Kind]) -> list[tuple[str, str]]:
    """The types of person in the reader's language."""
    return [(kind.code, tr(kind.name)) for kind in kinds.values()]
