"""Who hears of ended sign-ins: rooms above this one, which put themselves here as they start.

What rests on a session up there asks the session whenever it is used, so nothing hangs on being
told; but whoever has to tell others promptly cannot wait for the next use.
"""

from collections.abc import Callable
from uuid import UUID

Ear = Callable[[UUID], object]

_ears: list[Ear] = []


def hear_endings(ear: Ear) -> None:
    """Have `ear` called with the person, in the transaction in which sessions of theirs ended.

    It is called, too, when an account stops letting its owner in, which ends what is open as well.
    """
    if ear not in _ears:
        _ears.append(ear)


def sessions_ended(person: UUID | None) -> None:
    """Tell those above; nothing for a flow that belongs to nobody."""
    if person is not None:
        for ear in _ears:
            ear(person)
