"""The pattern library: every macro once, for those who build pages. Demo and tests only."""

from django.conf import settings
from django.http import HttpResponse

from gapura.kernel.problems import Missing
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.samples import samples


def show(request: Request) -> HttpResponse:
    """The page; with `?errors` the form as it looks after a refused answer.

    :raises Missing: outside the demo and the tests.
    """
    if not (settings.DEMO or settings.TESTING):
        raise Missing()
    return render(request, "shell/patterns.html", samples(wrong="errors" in request.GET))
