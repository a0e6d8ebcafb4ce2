"""Marks for texts that live in data tables and are translated where they are shown."""


def N_(message: str) -> str:  # noqa: N802 - the name every gettext tool knows
    """Mark an English message id for extraction; the page translates it with the `tr` filter."""
    return message
