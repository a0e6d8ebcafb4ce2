"""/catalog/pictures/<document>/<size>: the bytes of a product's picture, pixels only."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse

from gapura.catalog.queries import picture as picture_of
from gapura.kernel.problems import Missing
from gapura.purchasing.queries import is_ordered
from gapura.web.shell.downloads import shown
from gapura.web.shell.requests import Request

_SIZES = {"small": True, "large": False}


def picture(request: Request, document_id: UUID, size: str) -> HttpResponse:
    """The picture for whoever may see the product it belongs to; anything else is not there."""
    if size not in _SIZES:
        raise Missing()
    ordered = partial(is_ordered, request.actor)
    found = picture_of(request.actor, document_id, small=_SIZES[size], ordered=ordered)
    return shown(found, kept=True)
