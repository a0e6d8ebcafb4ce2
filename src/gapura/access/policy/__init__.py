"""Who may do what in this room: its rules, registered by noun."""

from gapura.access.policy import appointments, conflicts, grants, holders, requests, verifying
from gapura.kernel.permissions import Rules, register

RULES: Rules = {
    **requests.RULES,
    **appointments.RULES,
    **conflicts.RULES,
    **grants.RULES,
    **holders.RULES,
    **verifying.RULES,
}

register(RULES)
