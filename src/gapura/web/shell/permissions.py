"""Names of what the shell itself lets people do."""

from enum import StrEnum


class Can(StrEnum):
    """Acts that belong to no room."""

    SEE_PUBLIC = "web.page.see"
    CHOOSE_LANGUAGE = "web.language.choose"
    SEE_HOME = "web.home.see"
