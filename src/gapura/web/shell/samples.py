"""What the pattern library shows: a form with one field of each kind, and sample rows."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.kernel.texts import N_
from gapura.web.shell.forms import (
    CheckField,
    ChoiceField,
    CodeField,
    DayField,
    DigitsField,
    EmailField,
    Form,
    ManyChoicesField,
    PasswordField,
    TextField,
    UploadField,
)

STATES = {
    "draft": (N_("Draft"), "grey"),
    "submitted": (N_("Submitted"), "blue"),
    "in_review": (N_("In review"), "yellow"),
    "needs_correction": (N_("Needs correction"), "orange"),
    "approved": (N_("Approved"), "teal"),
    "rejected": (N_("Rejected"), "red"),
}
AGENCIES = (
    ("D3201", "Pemerintah Daerah Kabupaten Bogor"),
    ("D3271", "Pemerintah Daerah Kota Bogor"),
)
DUE = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class PatternForm(Form):
    """One field of each kind."""

    name = TextField(
        label=lazy("Full name"),
        hint=lazy("As on your identity card (KTP). Titles may be added."),
        longest=100,
    )
    email = EmailField(label=lazy("E-mail address"))
    nik = DigitsField(
        label="NIK", lengths=(16,), hint=lazy("16 digits, on your identity card (KTP).")
    )
    code = CodeField(label=lazy("Code"))
    password = PasswordField(label=lazy("Password"), new=True)
    signed_on = DayField(label=lazy("Date of the letter"), hint=lazy("For example 22 11 2026."))
    kind = ChoiceField(
        label=lazy("Account type"),
        choices=(("pns", "PNS"), ("pppk", "PPPK"), ("citizen", lazy("Other citizen"))),
        hints={"pns": lazy("You have a NIP of 18 digits.")},
    )
    agency = ChoiceField(label=lazy("Agency"), choices=AGENCIES, look="select")
    topics = ManyChoicesField(label=lazy("Notices"), choices=(("mail", "E-mail"), ("sms", "SMS")))
    reason = TextField(label=lazy("Reason"), lines=True, longest=500)
    letter = UploadField(
        label=lazy("Appointment letter"),
        accept=".pdf,.jpg,.jpeg",
        hint=lazy("PDF or JPG, at most 2 MB. All pages in one file."),
    )
    agree = CheckField(label=lazy("What I entered is true"))
    query = TextField(label=lazy("Name of the agency"), longest=100, required=False)
    found = ChoiceField(label=lazy("Which one is it?"), choices=AGENCIES)


def samples(*, wrong: bool = False) -> dict[str, Any]:
    """What the page of patterns shows; `wrong` sends the form empty, so that all errors show."""
    form = PatternForm({"query": "bogor", "nik": "32A"}, {}) if wrong else PatternForm()
    return {
        "sample": form,
        "form": form if wrong else None,
        "states": STATES,
        "due": DUE,
        "rows": [
            {"ref": f"AKS-2026-{n:06}", "name": name, "role": role, "state": state, "due": DUE}
            for n, (name, role, state) in enumerate(_PEOPLE, 118)
        ],
        "timeline": [
            {"title": _("Submitted"), "status": "done", "facts": ["20 November 2026"]},
            {"title": _("In review"), "status": "current", "facts": ["Siti Rahmawati"]},
            {"title": _("Approved"), "status": "next"},
        ],
    }


_PEOPLE = (
    ("Dewi Lestari Handayani", "PPK", "submitted"),
    ("I Made Wirawan", "PP", "in_review"),
    ("Muhammad Rizky Ramadhan Siregar", "PPSPM", "needs_correction"),
    ("Maria Goreti Wanggai", "KPA", "approved"),
)
