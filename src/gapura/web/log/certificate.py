"""/log/certificate: whoever holds a certificate of erasure learns whether it is ours and whole."""

import hashlib

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.documents.queries import original_bytes
from gapura.kernel.clock import JAKARTA
from gapura.privacy.queries import Certificate, check_certificate
from gapura.privacy.services import fetch_certificate
from gapura.web.shell.forms import Form, TextField, UploadField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

LARGEST_FILE = 1024 * 1024
LONGEST = 100


class CertificateForm(Form):
    """Number and check code, or the file. One of the two is enough."""

    reference = TextField(
        label=lazy("Number of the certificate"),
        hint=lazy("For example PDP-2026-000123."),
        longest=20,
        required=False,
        autocomplete="off",
        width="20",
    )
    code = TextField(
        label=lazy("Check code"),
        hint=lazy("The first 16 characters are enough."),
        longest=80,
        required=False,
        autocomplete="off",
    )
    file = UploadField(
        label=lazy("Or the certificate itself"),
        hint=lazy("The PDF file as it was downloaded."),
        accept=".pdf,application/pdf",
        most_bytes=LARGEST_FILE,
        required=False,
    )


def check(request: Request) -> HttpResponse:
    """The form; what was sent is answered above it."""
    if request.method != "POST":
        return _page(request, CertificateForm(), None, asked=False)
    form = CertificateForm(request.POST, request.FILES)
    found = _found(request, form) if form.is_valid() else None
    return _page(request, form, found, asked=not form.errors)


def _found(request: Request, form: CertificateForm) -> Certificate | None:
    values = form.cleaned_data
    file = values["file"]
    if file is not None:
        sha256 = hashlib.sha256(file.read(LARGEST_FILE + 1)).hexdigest()
        return check_certificate(request.actor, sha256=sha256)
    if not values["reference"] or not values["code"]:
        form.add_error("reference", _("Enter the number and the check code, or choose the file."))
        return None
    return check_certificate(request.actor, reference=values["reference"], code=values["code"])


def fetch(request: Request, certificate_token: str) -> HttpResponse:
    """The PDF by the link of the last mail, for its days.

    :raises NoSuchErasure: an unknown link, or its days are over.
    """
    document, reference = fetch_certificate(token=certificate_token[:LONGEST])
    answer = HttpResponse(original_bytes(document).content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{reference}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(
    request: Request, form: CertificateForm, found: Certificate | None, *, asked: bool
) -> HttpResponse:
    values = {"form": form, "found": found, "asked": asked, "zone": JAKARTA}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "log/certificate.html", values, status)
