"""Files of officers: handed in, looked through before anything happens, taken over or dropped."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access import services
from gapura.access.errors import ImportOpen, LetterNotOpen, LinesFaulty, NotTaken
from gapura.access.permissions import Can
from gapura.access.queries import (
    FAULTS,
    FIELD_NAMES,
    FILE_FAULTS,
    LARGEST_FILE,
    ImportView,
    error_file,
    faulty_lines,
    import_for,
    template_file,
    warned_lines,
)
from gapura.documents.queries import disposition
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.throttle import TooMany
from gapura.organizations.queries import register_letter_for
from gapura.web.letters.words import IMPORTS, address
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, UploadField, sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


class FileForm(Form):
    """A spreadsheet or a text file of officers."""

    document = UploadField(
        label=lazy("File of officers"),
        accept=".csv,.xlsx",
        hint=lazy("CSV or XLSX. The first line holds the headings of the template."),
        missing=lazy("Choose the file of officers."),
        most_bytes=LARGEST_FILE,
    )


def hand_in(request: Request, letter_id: UUID) -> HttpResponse:
    """The form for a file; POST keeps it and goes on to how it is looked through."""
    letter = register_letter_for(request.actor, letter_id)
    require(request.actor, Can.IMPORT, letter.row)
    if letter.state != "entered":
        return go_to(address(letter_id))
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["document"]
        try:
            run = services.begin_import(
                actor=request.actor,
                letter_id=letter_id,
                name=file.name or "",
                content=file.read(),
            )
        except (ImportOpen, NotTaken, TooMany) as problem:
            form.refuse("document", problem)
        else:
            return go_to(_here(run))
    values = {"letter": letter, "form": form, "roles": letter.roles}
    return render(request, "letters/hand_in.html", values, 422 if form.errors else 200)


def copy(request: Request, letter_id: UUID) -> HttpResponse:
    """Name the officers of the earlier letter: they come as a file that is looked through first."""
    letter = register_letter_for(request.actor, letter_id)
    require(request.actor, Can.IMPORT, letter.row)
    if letter.replaces is None:
        return go_to(address(letter_id))
    try:
        run = services.copy_officers(
            actor=request.actor, letter_id=letter_id, source=letter.replaces
        )
    except (ImportOpen, NotTaken) as problem:
        flash.say(request, "problem", sentences(problem))
        return go_to(address(letter_id))
    return go_to(_here(run))


def _here(run: UUID) -> str:
    return f"/letters/imports/{run}"


def run(request: Request, import_id: UUID) -> HttpResponse:
    """How far a file is and what is wrong with it; a script asks for the middle part alone."""
    require(request.actor, Can.IMPORT)
    found = import_for(request.actor, import_id)
    if request.by_script:
        if not found.works:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "letters/progress.html", {"run": found, "states": IMPORTS})
    return render(request, "letters/import.html", _values(request, found))


def _values(request: Request, found: ImportView) -> dict[str, Any]:
    shows = found.faulty and not found.works
    return {
        "run": found,
        "lines": faulty_lines(request.actor, found.id) if shows else (),
        "warned": warned_lines(request.actor, found.id) if found.state == "judged" else (),
        "states": IMPORTS,
        "faults": FAULTS,
        "fields_named": FIELD_NAMES,
        "file_faults": FILE_FAULTS,
        "address": address,
    }


def start(request: Request, import_id: UUID) -> HttpResponse:
    """Take the officers over. Doing it twice ends on the same page."""
    leave_out = request.POST.get("leave_out") == "1"
    try:
        services.start_import(actor=request.actor, import_id=import_id, leave_out=leave_out)
    except (LinesFaulty, LetterNotOpen) as problem:
        flash.say(request, "problem", sentences(problem))
    except NoSuchMove:
        if import_for(request.actor, import_id).state not in ("running", "finished"):
            raise
    return go_to(_here(import_id))


def drop(request: Request, import_id: UUID) -> HttpResponse:
    """Forget the file."""
    found = import_for(request.actor, import_id)
    try:
        services.drop_import(actor=request.actor, import_id=import_id)
    except NoSuchMove:
        if import_for(request.actor, import_id).state != "dropped":
            raise
    flash.say(request, "success", _("The file was dropped. It named nobody."))
    return go_to(address(found.letter))


def errors(request: Request, import_id: UUID) -> HttpResponse:
    """The faulty lines with what is wrong, as a file."""
    found = import_for(request.actor, import_id)
    name = found.file_name.rsplit(".", 1)[0]
    return _csv(error_file(request.actor, import_id), f"{name}-{_('errors')}.csv")


def template(request: Request) -> HttpResponse:
    """An empty file with the headings."""
    return _csv(template_file(), "gapura-sk.csv")


def _csv(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
