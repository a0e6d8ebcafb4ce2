"""The letters that assignments rest on: a room above this one keeps them and answers for them."""

from collections.abc import Callable
from uuid import UUID

from gapura.audit.assignments.reads import AssignmentView, own_assignment
from gapura.audit.errors import NoSuchAssignment
from gapura.kernel.actor import Actor

# Whether a letter of the register counts today.
Counts = Callable[[UUID], bool]

_keeper: list[Counts] = []


def keep_letters(counts: Counts) -> None:
    """Put whoever keeps the letters in its place; the last one counts."""
    _keeper[:] = [counts]


def counting_assignment(actor: Actor, assignment_id: UUID) -> AssignmentView:
    """The actor's own, in force today, under a letter that still counts. Two queries.

    :raises NoSuchAssignment: as `own_assignment`, or the letter was revoked, replaced or is over.
    :raises RuntimeError: nobody keeps letters: then nothing may go on as if all were well.
    """
    if not _keeper:
        raise RuntimeError("nobody keeps letters: the room of organizations did not start")
    found = own_assignment(actor, assignment_id)
    if not _keeper[0](found.letter):
        raise NoSuchAssignment()
    return found
