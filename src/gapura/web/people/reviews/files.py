"""The recap of an access review as a file; taking it is recorded."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse

from gapura.access.errors import ReviewTooLarge
from gapura.access.services import download_review
from gapura.web.people.reviews.shown import shown
from gapura.web.shell.downloads import saved
from gapura.web.shell.forms import Form
from gapura.web.shell.requests import Request


def file(kind: str) -> Callable[..., HttpResponse]:
    """The page of one kind of file."""

    def download(request: Request, review_id: UUID) -> HttpResponse:
        try:
            return saved(download_review(actor=request.actor, review_id=review_id, kind=kind))
        except ReviewTooLarge as problem:
            form = Form({})
            form.is_valid()
            form.take(problem)
            return shown(request, review_id, form, 422)

    return download
