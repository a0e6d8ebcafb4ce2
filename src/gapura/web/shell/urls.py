"""Pages of the shell itself."""

from gapura.web.shell import language, patterns
from gapura.web.shell.pages import Page
from gapura.web.shell.permissions import Can

PAGES = (
    Page("language", language.choose, Can.CHOOSE_LANGUAGE, methods=("POST",), name="language"),
    Page("help/patterns", patterns.show, Can.SEE_PUBLIC, name="patterns"),
)
