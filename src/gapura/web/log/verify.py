"""/log/verify: whoever holds a receipt or a proof file learns whether the log still agrees."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.audit.errors import BadReceipt
from gapura.audit.queries import (
    Checked,
    Outcome,
    may_open,
    origin,
    published_key,
    read_claim,
)
from gapura.audit.services import check_proof_file, check_receipt, hand_out_proof
from gapura.kernel.clock import JAKARTA
from gapura.kernel.problems import Missing
from gapura.web.log.words import MEANINGS, TITLES, TONES
from gapura.web.shell.display import tr
from gapura.web.shell.forms import Form, TextField, UploadField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

LARGEST_FILE = 32 * 1024
_FROM_LINK = ("receipt", "root", "size")


class ReceiptForm(Form):
    """A receipt as a mail tells it, or a file. One of the two is enough."""

    receipt = TextField(
        label=lazy("Proof number"),
        hint=lazy("As in the mail, for example 48213/48250."),
        longest=60,
        required=False,
        autocomplete="off",
        width="20",
    )
    root = TextField(
        label=lazy("Root of the log (optional)"),
        hint=lazy("The long line of digits and letters below the number. With it you also check "
                  "that the log was not rewritten since your mail."),
        longest=80,
        required=False,
        autocomplete="off",
    )  # fmt: skip
    file = UploadField(
        label=lazy("Or a proof file"),
        hint=lazy("A file ending in .tlog-proof that you downloaded earlier."),
        accept=".tlog-proof,text/plain",
        most_bytes=LARGEST_FILE,
        required=False,
    )


def verify(request: Request) -> HttpResponse:
    """The form; a link from a mail, or what was sent, is answered at once below it."""
    if request.method == "POST":
        form = ReceiptForm(request.POST, request.FILES)
        size = request.POST.get("size", "")[:20]
        answer = _posted(request, form, size) if form.is_valid() else None
        return _page(request, form, answer, size)
    given = {name: request.GET.get(name, "")[:80].replace("\0", "") for name in _FROM_LINK}
    if not given["receipt"]:
        return _page(request, ReceiptForm(), None)
    form = ReceiptForm({"receipt": given["receipt"], "root": given["root"]}, {})
    answer = _asked(request, form, given["size"]) if form.is_valid() else None
    return _page(request, form, answer, given["size"])


def proof(request: Request, receipt_id: UUID) -> HttpResponse:
    """The proof file of an entry, for saving; it names nobody.

    :raises Missing: while no checkpoint covers the entry, or when there is none.
    """
    text = hand_out_proof(actor=request.actor, event=receipt_id)
    if not text:
        raise Missing()
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{receipt_id}.tlog-proof"'
    answer["Cache-Control"] = "no-store"
    return answer


def _posted(request: Request, form: ReceiptForm, size: str) -> Checked | None:
    file = form.cleaned_data["file"]
    if file is None:
        if not form.cleaned_data["receipt"]:
            form.add_error("receipt", _("Enter the proof number, or choose a proof file."))
            return None
        return _asked(request, form, size)
    try:
        return check_proof_file(actor=request.actor, content=file.read(LARGEST_FILE + 1))
    except BadReceipt as problem:
        form.take(problem)
        return None


def _asked(request: Request, form: ReceiptForm, size: str) -> Checked | None:
    values = form.cleaned_data
    try:
        claim = read_claim(values["receipt"], values["root"], size)
        return check_receipt(actor=request.actor, claim=claim)
    except BadReceipt as problem:
        form.take(problem)
        return None


def _page(
    request: Request, form: ReceiptForm, found: Checked | None, size: str = ""
) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    values: dict[str, Any] = {
        "form": form,
        "size": size,
        "found": found,
        "log": origin(),
        "key": published_key(),
        "zone": request.actor.grant.zone if request.actor.grant else JAKARTA,
        "openable": _openable(request, found),
    }
    if found is not None:
        values |= {
            "title": tr(TITLES[found.outcome]),
            "meaning": tr(MEANINGS[found.outcome]),
            "tone": TONES[found.outcome],
            "is_proven": found.outcome == Outcome.PROVEN,
        }
    return render(request, "log/verify.html", values, status=422 if wrong else 200)


def _openable(request: Request, found: Checked | None) -> bool:
    """Whether the reader may open the entry itself, which is told to nobody else."""
    if found is None or found.event is None or not request.actor.signed_in:
        return False
    return may_open(request.actor, found.event)
