"""Names of what may be done with cases."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    OPEN = "helpdesk.case.open"
    LIST = "helpdesk.case.list"
    SEE = "helpdesk.case.see"
    ANSWER = "helpdesk.case.answer"
    CLOSE = "helpdesk.case.close"
