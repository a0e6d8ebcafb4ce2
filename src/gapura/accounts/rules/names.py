"""Names and short free texts: any script, but nothing invisible."""

import unicodedata

from gapura.accounts import errors
from gapura.kernel.problems import Problem

LONGEST_NAME = 100
LONGEST_TEXT = 150
_SIGNS = frozenset(" .,'\u2019\u02bc-/()")
# Control, format (bidi, zero-width), surrogate, private, unassigned, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MOST_MARKS = 3


def tidy(text: str) -> str:
    """NFC, no white space around, one blank inside."""
    return " ".join(unicodedata.normalize("NFC", text).split(" ")).strip() if text else ""


def has_unseen(text: str) -> bool:
    """Holds control, bidi or zero-width characters, or piles of combining marks."""
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if category in _UNSEEN:
            return True
        marks = marks + 1 if category == "Mn" else 0
        if marks > _MOST_MARKS:
            return True
    return False


def name_problem(text: str) -> Problem | None:
    """What makes a tidy text no person's name (2 to 100 characters)."""
    if len(text) > LONGEST_NAME:
        return errors.TextTooLong(limit=LONGEST_NAME)
    if has_unseen(text):
        return errors.TextUnsafe()
    if sum(character.isalpha() for character in text) < 2:
        return errors.NameTooShort()
    if all(c in _SIGNS or unicodedata.category(c)[0] in "LM" for c in text):
        return None
    return errors.NameHasSigns()


def tidy_note(text: str) -> str:
    """What somebody wrote in several lines: NFC, lines end the same way, nothing around."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", lines).strip()


def note_problem(text: str, limit: int) -> Problem | None:
    """What is wrong with a tidy note of several lines; an empty one is allowed."""
    return free_text_problem(text.replace("\n", " "), limit)


def free_text_problem(text: str, limit: int = LONGEST_TEXT) -> Problem | None:
    """What is wrong with a tidy line of free text; an empty one is allowed."""
    if len(text) > limit:
        return errors.TextTooLong(limit=limit)
    return errors.TextUnsafe() if has_unseen(text) else None
