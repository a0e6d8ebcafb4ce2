"""Which entries of the log tell that an account changed its state."""

from gapura.accounts.states import PROFILE

PROFILE_STEPS = tuple(sorted({step.event for step in PROFILE.steps}))
