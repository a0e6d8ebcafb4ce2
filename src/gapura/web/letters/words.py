"""The states of letters, officers and files in a word and a color."""

from gapura.access.queries import IMPORT_STATES, OFFICER_STATES
from gapura.organizations.queries import LETTER_STATES

Words = dict[str, tuple[str, str]]


def _colored(words: dict[str, str], colors: dict[str, str]) -> Words:
    return {state: (text, colors[state]) for state, text in words.items()}


LETTERS = _colored(
    LETTER_STATES,
    {
        "entered": "yellow",
        "checked": "teal",
        "refused": "red",
        "withdrawn": "grey",
        "revoked": "red",
        "replaced": "grey",
    },
)
OFFICERS = _colored(
    OFFICER_STATES,
    {"named": "blue", "granted": "teal", "withdrawn": "grey", "declined": "orange"},
)
IMPORTS = _colored(
    IMPORT_STATES,
    {
        "judging": "yellow",
        "judged": "blue",
        "running": "yellow",
        "finished": "teal",
        "dropped": "grey",
        "refused": "red",
    },
)


def address(letter_id: object, page: str = "") -> str:
    """The address of one letter's page; without a name, of the letter itself."""
    return f"/letters/{letter_id}/{page}" if page else f"/letters/{letter_id}"
