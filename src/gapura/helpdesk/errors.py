"""What can go wrong with cases."""

from gapura.kernel.problems import Missing, Problem
from gapura.kernel.texts import N_


class NoSuchCase(Missing):
    """Not there, or another agency's."""

    what = N_("This request for help does not exist, or it belongs to another agency.")
    todo = N_("Check the address, or go back to the list.")


class TextLength(Problem):
    """Too short to act on, or too long to read."""

    what = N_("The text has %(given)s characters. It needs between %(least)s and %(most)s.")
    todo = N_("Say what happened, when, and what you expected.")


class NoSuchTopic(Problem):
    """The form was changed on its way."""

    what = N_("Choose what your question is about.")
    todo = N_("Pick one of the topics in the list.")
