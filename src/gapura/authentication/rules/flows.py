"""What a session is in the middle of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from gapura.authentication.rules.lives import FLOW_LIFE
from gapura.authentication.rules.methods import Method


class Step(StrEnum):
    """Where a flow stands; `done` is signed in (or, for a reset, finished).

    `reset_vouched` proved the mailbox of an account with a role and nothing else: two people have
    to stand for it, by another way. `turned_away` proved everything, and the account is locked or
    suspended: it leads nowhere.
    """

    PASSKEY = "passkey"
    SECOND_FACTOR = "second_factor"
    CONFIRM_EMAIL = "confirm_email"
    RESET_CODE = "reset_code"
    RESET_FACTOR = "reset_factor"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a step's name
    RESET_WAIT = "reset_wait"
    RESET_VOUCHED = "reset_vouched"
    RECOVER_ASK = "recover_ask"
    RECOVER_CODE = "recover_code"
    RECOVER_SLIP = "recover_slip"
    RECOVER_PASSWORD = "recover_password"  # noqa: S105
    STEP_UP = "step_up"
    CHANGE_EMAIL = "change_email"
    TURNED_AWAY = "turned_away"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Flow:
    """What a session is in the middle of: the step, the chosen method and all that may be chosen.

    `mark` is the keyed hash of a name typed by somebody unknown: limits count against it, so that
    they come just as soon for names without an account.
    """

    step: Step
    at: datetime
    method: Method | None = None
    methods: tuple[Method, ...] = ()
    mark: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it is kept in the session row; no personal data."""
        return {
            "step": self.step.value,
            "at": self.at.isoformat(),
            "method": self.method.value if self.method else None,
            "methods": [m.value for m in self.methods],
            "mark": self.mark,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> "Flow | None":
        """Back from the session row; None when nothing is under way."""
        if not kept:
            return None
        return cls(
            step=Step(kept["step"]),
            at=datetime.fromisoformat(kept["at"]),
            method=Method(kept["method"]) if kept["method"] else None,
            methods=tuple(Method(m) for m in kept["methods"]),
            mark=kept["mark"],
        )

    def over(self, now: datetime) -> bool:
        """True when it took too long."""
        return now - self.at >= FLOW_LIFE
