"""File names as people give them, made safe to show and to send back. No Django."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 100
_LONGEST_READ = 400
_NOT_SHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RESERVED = re.compile(r'[<>:"|?*%;]')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
# Endings that must not stand before the real one.
_RUNS = (
    "apk app bat bin cmd com cpl dll dmg exe hta iso jar js jse lnk mjs msc msi php pif ps1 py reg"
    " scr sh sys url vbe vbs wsf"
)
_SHOWN_BY_BROWSERS = "gif htm html png svg svgz tif tiff xht xml"
_PAPERS = "chm doc docm docx jpe jpeg jpg pdf rar rtf xls xlsm xlsx zip"
_MISLEADING = frozenset(f"{_RUNS} {_SHOWN_BY_BROWSERS} {_PAPERS}".split())
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)
}
_FALLBACK = "document"


def _shown(raw: str) -> str:
    """Only what shows: no control, line break, bidi mark, zero width or lone surrogate."""
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", raw)
        if unicodedata.category(character) not in _NOT_SHOWN
    )
    return " ".join(kept.split())


def _base(raw: str) -> str:
    """The last part of a path, bounded; the end is what the ending is read from."""
    return _shown(re.split(r"[\\/]", raw[-_LONGEST_READ:])[-1])


def ending_of(raw: str) -> str:
    """What the name ends in once nothing hidden is left, in lower case, with its dot; or empty."""
    found = _ENDING.search(_base(raw).rstrip(". "))
    return found.group().lower() if found else ""


def safe_name(raw: str, extension: str) -> str:
    """A name of at most 100 characters with this ending and no other before it."""
    stem = _RESERVED.sub("-", _base(raw)).rstrip(". ")
    while (found := _ENDING.search(stem)) and found.group()[1:].lower() in _MISLEADING:
        stem = stem[: found.start()].rstrip(". ")
    stem = stem.lstrip(". ")[: LONGEST - len(extension)].rstrip(". ") or _FALLBACK
    if stem.lower() in _DEVICES:
        stem = f"{_FALLBACK}-{stem}"
    return stem + extension


def disposition(name: str) -> str:
    """The Content-Disposition that makes a browser save, never show (RFC 6266, RFC 8187).

    Plain ASCII for old programs and the exact name in UTF-8 for all others.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'[^ -~]|["\\%;]', "_", plain).strip() or _FALLBACK
    exact = quote(name, safe="", errors="replace")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}"
