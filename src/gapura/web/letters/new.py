"""/letters/new: entering a letter into the register, also one that follows an earlier."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import ImportOpen, NotTaken
from gapura.access.services import copy_officers, enter_letter
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import DocumentView, get_document
from gapura.documents.services import receive
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.queries import RegisterLetter, register_letter_for
from gapura.web.letters.letter_form import LetterForm
from gapura.web.letters.words import address
from gapura.web.shell import flash
from gapura.web.shell.forms import sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def new(request: Request) -> HttpResponse:
    """The form; POST enters the letter and goes on to its officers."""
    earlier = _earlier(request)
    if request.method == "GET":
        return _page(request, LetterForm(request.actor, earlier=earlier), earlier, None)
    kept = _kept(request)
    form = LetterForm(
        request.actor, request.POST, request.FILES, earlier=earlier, kept=kept is not None
    )
    form.is_valid()
    document = _taken(request, form) or (kept.id if kept else None)
    if form.errors or document is None:
        return _page(request, form, earlier, document, 422)
    try:
        letter = enter_letter(
            actor=request.actor,
            text=form.said(),
            scope=form.scope(),
            document=document,
            replaces=earlier.id if earlier else None,
        )
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, earlier, document, 422)
    flash.say(request, "success", _("The letter stands in the register. Now name its officers."))
    return _next(request, letter, earlier if form.cleaned_data.get("copy") else None)


def _next(request: Request, letter: UUID, source: RegisterLetter | None) -> HttpResponse:
    """To the officers, or to the file made of those of the earlier letter."""
    if source is not None:
        try:
            run = copy_officers(actor=request.actor, letter_id=letter, source=source.id)
        except (NotTaken, ImportOpen):
            return go_to(address(letter, "officers"))
        return go_to(f"/letters/imports/{run}")
    return go_to(address(letter, "officers"))


def _earlier(request: Request) -> RegisterLetter | None:
    """The letter named in the address or carried by the form, when it is the actor's to see."""
    said = request.POST.get("earlier") or request.GET.get("from") or ""
    try:
        found = register_letter_for(request.actor, UUID(said[:36]))
    except (ValueError, NoSuchLetter):
        return None
    return found if found.said.agency == request.actor.agency else None


def _kept(request: Request) -> DocumentView | None:
    """The scan that came with an earlier try of this form; only the actor's own."""
    try:
        found = get_document(UUID(request.POST.get("kept", "")[:36]))
    except (ValueError, NoSuchDocument):
        return None
    return found if found.uploaded_by == request.actor.person else None


def _taken(request: Request, form: LetterForm) -> UUID | None:
    """The uploaded file, once the gate has looked at it."""
    file = form.cleaned_data.get("document")
    if file is None:
        return None
    try:
        return receive(actor=request.actor, name=file.name or "", content=file.read())
    except Problem as problem:
        form.add_error("document", sentences(problem))
        return None


def _page(
    request: Request,
    form: LetterForm,
    earlier: RegisterLetter | None,
    document: UUID | None,
    status: int = 200,
) -> HttpResponse:
    file = get_document(document) if document else None
    context = {"form": form, "earlier": earlier, "file": file}
    return render(request, "letters/new.html", context, status)
