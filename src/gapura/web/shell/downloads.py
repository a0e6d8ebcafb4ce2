"""Answers that are no pages: pictures to look at, files to save. They run and load nothing."""

from django.http import HttpResponse

from gapura.documents.queries import Download, disposition

# Should a browser show the file all the same, it runs and loads nothing.
_SANDBOX = "default-src 'none'; sandbox"
# The bytes of a document never change; only this person's browser may keep them.
_KEPT = "private, max-age=31536000, immutable"


def shown(found: Download, *, kept: bool = False) -> HttpResponse:
    """Pixels only. `kept` lets this person's browser keep them: what everybody may see."""
    return _answer(found, _KEPT if kept else "no-store")


def saved(found: Download) -> HttpResponse:
    """The bytes under their name, for saving."""
    answer = _answer(found, "no-store")
    answer["Content-Disposition"] = disposition(found.name)
    return answer


def _answer(found: Download, keeping: str) -> HttpResponse:
    headers = {
        "Content-Security-Policy": _SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": keeping,
    }
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)
