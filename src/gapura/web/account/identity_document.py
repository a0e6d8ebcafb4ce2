"""/account/identity/document: a scan for somebody to compare, where the registry has no answer."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import DOCUMENTS, own_document
from gapura.accounts.services import send_document, withdraw_document
from gapura.kernel.problems import Overtaken, Problem
from gapura.web.account.answers import put
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, UploadField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

HERE = "/account/identity"


class DocumentForm(Form):
    """Which document, and its scan."""

    kind = ChoiceField(
        label=lazy("Which document is it?"),
        missing=lazy("Choose which document it is."),
        choices=lambda: [(code, tr(text)) for code, text in DOCUMENTS.items()],
    )
    document = UploadField(
        label=lazy("Scan or photo of the document"),
        hint=lazy("PDF or JPG, at most 2 MB, all four corners in the picture."),
        accept=".pdf,.jpg,.jpeg",
    )


def send(request: Request) -> HttpResponse:
    """Send one in. Who needs none, or has one waiting, is led to where that is said."""
    if request.method == "GET":
        if not own_document(request.actor).may_send:
            return SeeOther(HERE)
        return _page(request, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    file: Any = form.cleaned_data["document"]
    try:
        send_document(
            actor=request.actor,
            kind=form.cleaned_data["kind"],
            name=file.name or "",
            content=file.read(),
        )
    except Overtaken:
        # A doubled click, or settled meanwhile: the page says how it stands.
        return SeeOther(HERE)
    except Problem as problem:
        put(form, problem, "document")
        return _page(request, form)
    flash.say(request, "success", _("Your document is sent in. You will be told by e-mail."))
    return SeeOther(HERE)


def withdraw(request: Request) -> HttpResponse:
    """Take the waiting one back; it is erased."""
    withdraw_document(actor=request.actor)
    flash.say(request, "success", _("Your document is withdrawn and was erased."))
    return SeeOther(HERE)


def _page(request: Request, form: DocumentForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "account/identity_document.html", {"form": form}, status)
