"""GET /orders/splitting: orders that may be one need in several, for auditors and budget users."""

from typing import Any

from django.http import HttpResponse

from gapura.purchasing.queries import PAGE, possible_splitting
from gapura.web.orders.board import page_number
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def show(request: Request) -> HttpResponse:
    """25 findings a page, the newest first."""
    found = possible_splitting(request.actor, page_number(request))
    values: dict[str, Any] = {"found": found, "pages": -(-found.total // PAGE)}
    return render(request, "orders/splitting.html", values)
