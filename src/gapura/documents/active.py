"""Names by which a PDF acts on its own or carries files, looked for in its bytes. No Django."""

import re

from gapura.documents.refusals import Why

# The action types of ISO 32000-2, 12.6.4, without the harmless ones: GoTo, URI, Thread, Named,
# Hide, SetOCGState, Trans.
_ACTIONS = (
    "JavaScript",
    "Launch",
    "GoToR",
    "GoToE",
    "SubmitForm",
    "ImportData",
    "Rendition",
    "Movie",
    "Sound",
    "RichMedia",
    "RichMediaExecute",
    "GoTo3DView",
)
_ACTIVE_KEYS = ("XFA", "RichMediaContent", "RichMediaSettings")
_FILE_TYPES = ("EmbeddedFile", "FileAttachment")
_FILE_KEYS = ("EmbeddedFiles", "EF")
_SPACE = rb"[\s\0]*"
_NAME_ENDS = rb"(?=[\s\0/<>\[\](){}%]|$)"
_A_VALUE = _SPACE + rb"(?:<<|\d{1,10}[\s\0]+\d{1,5}[\s\0]+R)"


def _spelled(name: str) -> bytes:
    """A pattern for a PDF name in any spelling: each letter may be written as #xx."""
    letters = (rb"(?:%c|#%02x|#%02X)" % (code, code, code) for code in name.encode())
    return rb"/" + rb"".join(letters)


def _any(names: tuple[str, ...]) -> bytes:
    return rb"(?:" + rb"|".join(_spelled(name) for name in names) + rb")" + _NAME_ENDS


def _as_type(names: tuple[str, ...]) -> bytes:
    place = rb"(?:obj|" + rb"|".join(_spelled(key) for key in ("S", "Type", "Subtype")) + rb")"
    return place + _SPACE + _any(names)


_SIGNS = (
    (Why.ACTIVE, re.compile(_as_type(_ACTIONS) + rb"|" + _any(_ACTIVE_KEYS) + _A_VALUE)),
    (Why.ATTACHMENTS, re.compile(_as_type(_FILE_TYPES) + rb"|" + _any(_FILE_KEYS) + _A_VALUE)),
)


def sign_in(content: bytes) -> Why | None:
    """The first sign of a script, a program start or a carried file, or None.

    Every pattern is long enough not to turn up by chance in two megabytes of compressed data.
    """
    return next((why for why, pattern in _SIGNS if pattern.search(content)), None)
