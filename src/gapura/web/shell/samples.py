"""What the pattern library shows: a form with one field of each kind, and sample rows."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

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

    name = TextField(label="Nama lengkap", hint="Seperti tertulis di KTP.", longest=100)
    email = EmailField(label="Alamat e-mail")
    nik = DigitsField(label="NIK", lengths=(16,), hint="16 angka, ada di KTP Anda.")
    code = CodeField(label="Kode")
    password = PasswordField(label="Kata sandi", new=True)
    signed_on = DayField(label="Tanggal surat", hint="Contoh: 22 11 2026")
    kind = ChoiceField(
        label="Jenis pengguna",
        choices=(("pns", "PNS"), ("pppk", "PPPK"), ("citizen", "Warga lain")),
        hints={"pns": "Pegawai negeri sipil yang punya NIP."},
    )
    agency = ChoiceField(label="Instansi", choices=AGENCIES, look="select")
    topics = ManyChoicesField(label="Pemberitahuan", choices=(("mail", "E-mail"), ("sms", "SMS")))
    reason = TextField(label="Alasan", lines=True, longest=500)
    letter = UploadField(
        label="Surat keputusan", accept=".pdf,.jpg,.jpeg", hint="PDF atau JPG, paling besar 2 MB."
    )
    agree = CheckField(label="Data di atas benar")
    query = TextField(label="Cari instansi", longest=100, required=False)
    found = ChoiceField(label="Instansi yang ditemukan", choices=AGENCIES)


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
    ("Muhammad Rizky Ramadhan Siregar", "Bendahara", "needs_correction"),
    ("Maria Goreti Wanggai", "KPA", "approved"),
)
