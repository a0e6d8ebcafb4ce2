"""Which page of a list an address asks for."""

LAST_PAGE = 1000
_DIGITS = 6


def page_number(text: str, last: int = LAST_PAGE) -> int:
    """From 1 to `last`; 1 for what is no number, and the last for one that is too long to read."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return last if len(text) > _DIGITS else min(max(int(text), 1), last)
