"""What can go wrong when somebody looks at a person's access."""

from gapura.kernel.problems import Missing, Overtaken
from gapura.kernel.texts import N_


class NoSuchHolder(Missing):
    """Unknown, or not this actor's to look at: the two look the same."""


class LeavingChanged(Overtaken):
    """What hangs on the person is not what was seen any more."""

    what = N_("What hangs on this person has changed since you opened the page. Nothing was ended.")
    todo = N_("Look at the list again, then confirm it.")
