"""Dated numbers of this room that pages and mails tell."""

from gapura.access.models import AccessRule
from gapura.kernel import clock


def succession_hours() -> int:
    """How long people of a company can object to a takeover that begins today."""
    return int(AccessRule.value_at("succession_hours", clock.today()))


def invitation_days() -> int:
    """How many days an invitation sent today works."""
    return int(AccessRule.value_at("invitation_days", clock.today()))
