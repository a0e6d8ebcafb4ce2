"""How much one purpose may hand in, and what the child process may use. No Django."""

import json
from dataclasses import asdict, dataclass

from gapura.documents.kinds import JPG, PDF, Kind

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a file is for decides its kinds, its size in bytes and its pages."""

    name: str
    kinds: tuple[Kind, ...]
    max_bytes: int
    max_pages: int


LETTER = Purpose("letter", (PDF, JPG), 2 * MEBIBYTE, 40)
PURPOSES = {purpose.name: purpose for purpose in (LETTER,)}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one examination; sizes in bytes, times in seconds, pictures in pixels.

    `base_seconds` is processor time before the number of pages is known; each page adds
    `page_seconds`, so a bomb of one page dies sooner than an honest file of forty.
    """

    kind: str
    max_pages: int
    max_pixels: int = 50_000_000
    preview_width: int = 1100
    preview_height: int = 3300
    base_seconds: int = 2
    page_seconds: float = 0.25
    wall_seconds: int = 20
    memory: int = 512 * MEBIBYTE
    copy_bytes: int = 32 * MEBIBYTE
    reply_bytes: int = 48 * MEBIBYTE

    def to_text(self) -> str:
        """One word for the child's command line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Limits":
        """Read what `to_text` wrote."""
        return cls(**json.loads(text))
