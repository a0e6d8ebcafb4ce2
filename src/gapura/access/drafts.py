"""What the applicant copies from the letter, kept as JSON until the letter is in the register."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from gapura.organizations.queries import LetterText

_DAYS = ("signed_on", "valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter that is still being copied: what is not known yet is empty."""

    number: str = ""
    signed_on: date | None = None
    signer_name: str = ""
    signer_position: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def complete(self) -> LetterText | None:
        """The letter once all of it is there."""
        known = asdict(self)
        return LetterText(**known) if all(known.values()) else None


def as_json(letter: LetterText | LetterDraft) -> dict[str, str]:
    """Texts only, for the draft and for the submitted version; empty fields are left out."""
    return {name: str(value) for name, value in asdict(letter).items() if value}


def from_json(stored: dict[str, Any] | None) -> LetterDraft:
    """The other way."""
    known: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS else value
        for name, value in (stored or {}).items()
    }
    return LetterDraft(**known)


def version_of(*parts: Any) -> str:
    """A short mark of what a draft holds: two windows that show different things have two marks."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]
