"""Reasons and notes by which a curator explains a decision."""

from collections.abc import Mapping

from gapura.catalog import errors
from gapura.catalog.rules import LONGEST_NOTE, SHORTEST_NOTE
from gapura.catalog.texts import paragraphs_problem, tidy_paragraphs
from gapura.kernel.problems import FieldProblems, Problem


def checked_note(note: str, reason: str = "", reasons: Mapping[str, str] | None = None) -> str:
    """The note tidied; `reason` must be a code of `reasons` where there are any.

    :raises FieldProblems: reason, note.
    """
    note = tidy_paragraphs(note)
    problems: dict[str, Problem | str] = {}
    if reasons is not None and reason not in reasons:
        problems["reason"] = errors.NoSuchReason()
    if not SHORTEST_NOTE <= len(note) <= LONGEST_NOTE:
        problems["note"] = errors.NoteLength(least=SHORTEST_NOTE, most=LONGEST_NOTE)
    elif problem := paragraphs_problem(note, LONGEST_NOTE):
        problems["note"] = problem
    if problems:
        raise FieldProblems(problems)
    return note
