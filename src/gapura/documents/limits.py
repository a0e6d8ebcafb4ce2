"""How much one purpose may hand in, and what the child process may use. No Django."""

import json
from dataclasses import asdict, dataclass

from gapura.documents.kinds import JPG, PDF, PNG, Kind

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a file is for decides its kinds, its size in bytes and its pages.

    With `redrawn` the file itself is never kept, only its pixels drawn anew, of at least
    `least_side` pixels each way.
    """

    name: str
    kinds: tuple[Kind, ...]
    max_bytes: int
    max_pages: int
    redrawn: bool = False
    least_side: int = 0


LETTER = Purpose("letter", (PDF, JPG), 2 * MEBIBYTE, 40)
# A deed of establishment with its changes is a long scan.
COMPANY = Purpose("company", (PDF, JPG), 4 * MEBIBYTE, 80)
# A product's picture as buyers see it: 300 px is what the official catalog asks for.
PICTURE = Purpose("picture", (JPG, PNG), 2 * MEBIBYTE, 2, redrawn=True, least_side=300)
# What proves a payment: an SP2D, a transfer receipt.
EVIDENCE = Purpose("evidence", (PDF, JPG), 2 * MEBIBYTE, 20)
# An identity card or what stands in for it; it shows a face and is erased after the decision.
IDENTITY = Purpose("identity", (PDF, JPG), 2 * MEBIBYTE, 4)
# What people see of a connected application when it asks for their consent.
LOGO = Purpose("logo", (JPG, PNG), MEBIBYTE // 2, 2, redrawn=True, least_side=64)
_ALL = (LETTER, EVIDENCE, COMPANY, PICTURE, IDENTITY, LOGO)
PURPOSES = {purpose.name: purpose for purpose in _ALL}
PICTURE_SIDE, THUMBNAIL_SIDE = 2048, 320
# A picture may be decoded in several copies within the memory of the child process.
PICTURE_PIXELS = 24_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one examination; sizes in bytes, times in seconds, pictures in pixels.

    `base_seconds` is processor time before the number of pages is known; each page adds
    `page_seconds`, so a bomb of one page dies sooner than an honest file of forty. With a
    `thumbnail` (its longest side) a picture is drawn twice, large and small.
    """

    kind: str
    max_pages: int
    max_pixels: int = 50_000_000
    preview_width: int = 1100
    preview_height: int = 3300
    base_seconds: int = 2
    page_seconds: float = 0.25
    thumbnail: int = 0
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
