"""The one way a stored thing changes state: a conditional UPDATE; two at once give one move."""

from typing import Any

from django.db import models

from gapura.kernel.problems import Overtaken
from gapura.kernel.states import Machine, Step
from gapura.kernel.texts import N_


class NoSuchMove(Overtaken):
    """The thing is in a state that has no such verb, or someone moved it first."""

    what = N_("This has changed in the meantime, so your action was not carried out.")
    todo = N_("Open the page again to see how it stands now.")


def move(machine: Machine, thing: models.Model, verb: str, **changes: Any) -> Step:
    """Take `thing` along `verb`, set `changes` in the same UPDATE. Rights and record: the caller's.

    :raises NoSuchMove: when the table has no such row, or 0 rows were updated.
    """
    state: str = getattr(thing, "state")  # noqa: B009 - Model has no such attribute for the type checker
    step = machine.step(state, verb)
    if step is None:
        raise NoSuchMove()
    rows = type(thing)._default_manager.filter(pk=thing.pk, state=state)
    if rows.update(state=step.target, **changes) == 0:
        raise NoSuchMove()
    for name, value in {"state": step.target, **changes}.items():
        setattr(thing, name, value)
    return step
