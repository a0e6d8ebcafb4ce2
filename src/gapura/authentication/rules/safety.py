"""Locks, recoveries and suspicions: their kinds and states."""

# Why an account is locked.
LOCKS = ("not_me", "desk", "recovery")
RECOVERY_KINDS = ("vouched", "operator", "mailbox")
RECOVERY_OPEN = ("asked", "vouched", "waiting")
RECOVERY_STATES = (*RECOVERY_OPEN, "used", "stopped", "refused", "lapsed")
SUSPICION_KINDS = ("travel", "failures", "factors", "disavowed", "new_country", "cloned_key")
SUSPICION_OPEN = ("open", "proposed")
SUSPICION_STATES = (*SUSPICION_OPEN, "settled", "dismissed")
SUSPICION_ACTIONS = ("end_sessions", "lock", "new_password", "suspend")
