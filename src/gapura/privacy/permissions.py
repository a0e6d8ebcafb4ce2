"""Names of what may be done about one's own data, and by who answers."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    SEE_OWN = "privacy.data.see"
