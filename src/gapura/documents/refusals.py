"""Short codes by which the child process says why it refused a file. No Django, no sentences."""

from enum import StrEnum


class Why(StrEnum):
    """Every answer of the child but yes; errors.py holds the sentence for each."""

    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    ATTACHMENTS = "attachments"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN = "broken"
    TOO_COMPLEX = "too_complex"


class Refusal(Exception):
    """Raised inside the child; carries one code."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why
