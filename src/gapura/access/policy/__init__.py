"""Who may do what in this room: its rules, registered by noun."""

from gapura.access.permissions import Can
from gapura.access.policy import (
    appointments,
    conflicts,
    grants,
    holders,
    requests,
    reviews,
    staff,
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
    **staff.RULES,
}

register(RULES)
weigh(
    # Leaving and objecting protect others from what a held account could do.
    exempt={Can.LEAVE, Can.OBJECT_SUCCESSION},
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
        Can.SET_DUTIES,
        Can.START_SUCCESSION,
        Can.TAKE_OVER,
        Can.ALLOW_SUCCESSION,
        Can.REFUSE_SUCCESSION,
    },
)
