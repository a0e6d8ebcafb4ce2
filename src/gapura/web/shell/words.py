"""The texts of refusals by HTTP status, and the plain page for when the shell cannot be drawn."""

from dataclasses import dataclass
from html import escape

from django.conf import settings
from django.utils.translation import gettext, override

from gapura.kernel.texts import N_


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one kind of refusal, as message ids."""

    title: str
    what: str
    todo: str
    why: str = ""


_AGAIN = N_("Go back, load the page again and repeat what you did.")
_LATER = N_("Nothing you had saved is lost. Wait a minute, then try again.")

WORDS = {
    400: Words(
        N_("We could not read this request"),
        N_("Your browser sent something that this site cannot understand. Nothing was changed."),
        N_("Check the address, or start again from the home page."),
    ),
    403: Words(
        N_("You may not do this"),
        N_("You cannot do this with the role you are using now."),
        N_("Switch to another role, or contact the administrator."),
    ),
    404: Words(
        N_("This page was not found"),
        N_("There is no such page, or it is not yours to see."),
        N_("Check the address, or start again from the home page."),
    ),
    405: Words(
        N_("This page cannot be used this way"),
        N_("The page exists, but not for what your browser asked. Nothing was changed."),
        N_("Go back and use the links and buttons of the page."),
    ),
    409: Words(
        N_("Someone was faster"),
        N_("This has changed in the meantime, so your action was not carried out."),
        N_("Open the page again to see how it stands now."),
    ),
    413: Words(
        N_("This is too large"),
        N_("What you sent is larger than 3 MB, so it was not accepted."),
        N_("Choose a smaller file. A letter may have up to 2 MB."),
    ),
    422: Words(
        N_("This cannot be done"),
        N_("What you sent does not fit. Nothing was changed."),
        N_("Go back, check what you entered and try again."),
    ),
    429: Words(
        N_("Too many tries"),
        N_("There were more tries in a short time than this site allows."),
        N_("Wait, then try again."),
    ),
    500: Words(
        N_("Something went wrong on our side"),
        N_("The page could not be finished. What went wrong has been written down for us."),
        N_("Try again. If it happens again, contact the administrator and give the number below."),
    ),
    503: Words(
        N_("Gapura is busy or being maintained"),
        N_("The page cannot be shown right now."),
        _LATER,
    ),
}

STALE_FORM = Words(
    N_("This form is no longer valid"),
    N_("Nothing was changed."),
    _AGAIN,
    N_("The form was opened long ago, in another window, or before you signed in or out."),
)

_PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Gapura</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body>{parts}<p>{number}</p></body></html>
"""
_PART = '<div lang="{language}"><h1>{title}</h1><p>{what}</p><p>{todo}</p></div>'


def plain_page(status: int, number: str) -> str:
    """One small HTML page in both languages, without template, database or style sheet."""
    parts = "".join(_part(language, WORDS[status]) for language, _ in settings.LANGUAGES)
    return _PAGE.format(parts=parts, number=escape(number))


def _part(language: str, words: Words) -> str:
    with override(language):
        texts = {name: escape(gettext(getattr(words, name))) for name in ("title", "what", "todo")}
    return _PART.format(language=language, **texts)
