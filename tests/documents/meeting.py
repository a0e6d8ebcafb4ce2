"""Sending content through the child process and naming the refusal it meets."""

import pytest

from gapura.documents import errors, gate
from gapura.documents.limits import Limits

PDF = Limits("pdf", max_pages=40)
JPG = Limits("jpg", max_pages=40)
SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def refusal(content: bytes, limits: Limits = PDF) -> type[errors.FileRefused]:
    """Which refusal the content meets."""
    with pytest.raises(errors.FileRefused) as caught:
        gate.examine(content, limits)
    return caught.type
