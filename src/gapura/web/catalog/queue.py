"""/catalog/review: what waits for the curators, the oldest first."""

from django.http import HttpResponse

from gapura.catalog.queries import PAGE, review_queue
from gapura.web.catalog.looks import looks
from gapura.web.catalog.search_form import page_number
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def show(request: Request) -> HttpResponse:
    """One page of the queue."""
    page = page_number(request.GET.get("page", ""))
    found = review_queue(request.actor, page)
    values = {
        "found": found,
        "page": page,
        "pages": -(-found.total // PAGE),
        "looks": looks(),
    }
    return render(request, "catalog/queue.html", values)
