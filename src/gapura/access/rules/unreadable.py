"""That a file of officers as a whole cannot be read. No Django."""

MEBIBYTE = 1024 * 1024


class Unreadable(Exception):
    """The text is a code of officers.FILE_FAULTS."""
