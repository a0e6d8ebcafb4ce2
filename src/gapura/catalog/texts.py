"""Texts of products as people type them: tidied, and what is wrong with them."""

import unicodedata

from gapura.accounts.queries import free_text_problem
from gapura.catalog import errors
from gapura.kernel.problems import Problem

_MARKUP = frozenset("<>")


def tidy_line(text: str) -> str:
    """NFC, single blanks inside, none around."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy_paragraphs(text: str) -> str:
    """NFC, lines kept, at most one empty line in a row, nothing around."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def line_problem(text: str, most: int) -> Problem | None:
    """What is wrong with a tidy line: too long, invisible characters, or markup."""
    if problem := free_text_problem(text, most):
        return problem
    return errors.HasMarkup() if _MARKUP & set(text) else None


def paragraphs_problem(text: str, most: int) -> Problem | None:
    """The same for a text of several lines."""
    return line_problem(text.replace("\n", " "), most)
