"""Names of what may be done here."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    REFRESH = "outside.holidays.refresh"
    SEE = "outside.authority.see"
