"""/recover/erasure/<token>: whoever got the mail takes an erasure back, also when shut out."""

from django.http import HttpResponse

from gapura.kernel import clock
from gapura.privacy.errors import NoSuchErasure
from gapura.privacy.queries import ErasureView, erasure_to_undo
from gapura.privacy.services import undo_by_link
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

LONGEST = 100


def undo(request: Request, erasure_token: str) -> HttpResponse:
    """What the link is about, and the button; opening the link alone changes nothing."""
    token = erasure_token[:LONGEST]
    if request.method == "POST":
        try:
            undo_by_link(token=token)
        except NoSuchErasure:
            return _page(request, "over")
        return _page(request, "undone")
    found = erasure_to_undo(token)
    return _page(request, "open" if found else "over", found)


def _page(request: Request, stands: str, found: ErasureView | None = None) -> HttpResponse:
    context = {"stands": stands, "found": found, "zone": clock.JAKARTA}
    return render(request, "recover/erasure.html", context)
