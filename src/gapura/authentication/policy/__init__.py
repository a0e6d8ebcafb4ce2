"""Who may do what with sign-in: its rules, registered by noun."""

from gapura.authentication.policy import (
    desk,
    factors,
    passwords,
    recovery,
    safety,
    sessions,
    tokens,
)
from gapura.kernel.permissions import Rules, register

RULES: Rules = {
    **sessions.RULES,
    **passwords.RULES,
    **factors.RULES,
    **tokens.RULES,
    **safety.RULES,
    **recovery.RULES,
    **desk.RULES,
}

register(RULES)
