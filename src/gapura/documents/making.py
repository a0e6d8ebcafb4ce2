"""Making PDF files: a template of ours and somebody's data become tagged pages (PDF/UA-1)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Literal

import typst

from gapura.documents.kinds import JSON, PDF, Kind

# The data comes from people: more than this is no order but an attack on the typesetter.
MOST_DATA = 512 * 1024
_STANDARD: Literal["ua-1"] = "ua-1"
_PAGE = re.compile(rb"/Type/Page\b")
# A compiler is not made for two threads at once; one page takes 40 ms.
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made, a PDF or JSON; `sha256` in hex, over exactly these bytes."""

    content: bytes
    sha256: str
    pages: int
    kind: Kind = PDF


def made_json(content: bytes) -> Made:
    """A file for programs, of bytes that are JSON already."""
    return Made(content, sha256(content).hexdigest(), 1, JSON)


def make_pdf(package: str, template: str, data: Mapping[str, Any]) -> Made:
    """Set `data` with the template file of a package, for example `gapura.purchasing`.

    The template reads the data as JSON from `sys.inputs.data`: texts in it are only ever texts, so
    that markup in a name stays letters (template injection, CWE-1336). Templates see no files,
    no fonts of the machine and no network. Tagged for screen readers as PDF/UA-1.

    :raises ValueError: more than 512 KiB of data.
    """
    told = json.dumps(data, ensure_ascii=False)
    if len(told.encode()) > MOST_DATA:
        raise ValueError("too much data for one document")
    source = files(package).joinpath(template).read_bytes()
    with _lock:
        content = _compiler().compile(
            source, format="pdf", sys_inputs={"data": told}, pdf_standards=[_STANDARD]
        )
    if not isinstance(content, bytes):
        raise TypeError("one document was expected")
    return Made(content, sha256(content).hexdigest(), max(1, len(_PAGE.findall(content))))


@cache
def _compiler() -> typst.Compiler:
    """One for the process: fonts and what was set before stay warm. Its root is no folder any more.

    It must be one at first. A process that is killed could not clear it away, so that goes at once.
    """
    with TemporaryDirectory(prefix="gapura-typst-") as nothing:
        return typst.Compiler(b"", root=nothing, ignore_system_fonts=True, font_paths=[])
