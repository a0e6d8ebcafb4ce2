"""Who may do what in this room: its rules, registered by noun."""

from gapura.access.permissions import Can
from gapura.access.policy import (
    appointments,
    conflicts,
    grants,
    holders,
    requests,
    reviews,
    verifying,
)
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import Rules, register

RULES: Rules = {
    **requests.RULES,
    **appointments.RULES,
    **conflicts.RULES,
    **grants.RULES,
    **holders.RULES,
    **verifying.RULES,
    **reviews.RULES,
}

register(RULES)
weigh(
    binding={
        Can.APPROVE,
        Can.ISSUE,
        Can.RESUME,
        Can.REVOKE,
        Can.INVITE,
        Can.ADMIT,
        Can.NAME,
        Can.GRANT_APPOINTMENT,
        Can.IMPORT,
        Can.CHANGE_DAYS,
        Can.DELEGATE,
        Can.ACCEPT_FINDING,
        Can.CONFIRM_LINE,
        Can.REMOVE_LINE,
    }
)
