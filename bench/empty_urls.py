"""The page table with the one empty page."""

from django.http import HttpResponse

from gapura.web.shell.pages import Page, urls
from gapura.web.shell.permissions import Can
from gapura.web.shell.requests import Request


def nothing(request: Request) -> HttpResponse:
    """No query, no template."""
    return HttpResponse("nothing")


urlpatterns = urls([Page("empty", nothing, Can.SEE_PUBLIC, name="empty")])
