"""/help/accessibility and /help/privacy: what the law asks us to say, as plain pages."""

from django.http import HttpResponse

from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def accessibility(request: Request) -> HttpResponse:
    """For whom this site works, what does not yet, and whom to tell."""
    return render(request, "help/accessibility.html")


def privacy(request: Request) -> HttpResponse:
    """What is kept about people, why, how it is protected, and their rights."""
    return render(request, "help/privacy.html")
