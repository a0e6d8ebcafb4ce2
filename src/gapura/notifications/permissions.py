"""Names of what may be done with one's own notices."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    READ = "notifications.notice.read"
