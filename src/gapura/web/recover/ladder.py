"""/recover/help: what do you still have? Each answer leads to the fitting way back."""

from django.http import HttpResponse

from gapura.authentication.queries import waits_for
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def show(request: Request) -> HttpResponse:
    """The ladder, from the easiest way to the one that needs two other people."""
    return render(request, "recover/help.html", _waits())


def asked(request: Request) -> HttpResponse:
    """What happens after somebody asked; the same for everybody, known or not."""
    return render(request, "recover/asked.html", _waits())


def _waits() -> dict[str, object]:
    return {"vouched": waits_for("vouched"), "operator": waits_for("operator")}
