"""The forms of the security desk: what is to be done, and a reason for every decision."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.events import REMEDIES
from gapura.authentication.queries import REASON_LEAST, REASON_MOST, SUSPICION_ACTIONS
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField


def _reason(label: Any, hint: Any = "") -> TextField:
    return TextField(
        label=label,
        hint=hint,
        missing=lazy(
            "Write 10 to 300 characters: what you saw, and why this is the right answer to it."
        ),
        shortest=REASON_LEAST,
        longest=REASON_MOST,
        lines=True,
        rows=3,
        spelling=True,
    )


class _Decision(Form):
    """Several stand on one page, so each has its own prefix."""

    starts = ""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix=self.starts)


class ProposeForm(_Decision):
    """The act, and why."""

    starts = "propose"
    action = ChoiceField(
        label=lazy("What is to be done?"),
        missing=lazy("Choose what is to be done."),
        choices=lambda: [(code, tr(REMEDIES[code])) for code in SUSPICION_ACTIONS],
        hints={
            "end_sessions": lazy("The owner signs in once more and works on."),
            "lock": lazy("Nobody signs in until two administrators open it again."),
            "new_password": lazy("All sign-ins end. The next one leads to a new password first."),
            "suspend": lazy("The account and its roles stop. The platform has to agree."),
        },
    )
    reason = _reason(
        lazy("Why?"),
        lazy("Your colleague reads it, and the auditor. For a suspension the person reads it too."),
    )


class DeclineForm(_Decision):
    """Why what was proposed is not done."""

    starts = "decline"
    reason = _reason(lazy("Why not?"))


class DismissForm(_Decision):
    """Why nothing is wrong."""

    starts = "dismiss"
    reason = _reason(
        lazy("Why is nothing wrong?"),
        lazy("Write how you know, for example whom you called at which number."),
    )


class CutForm(_Decision):
    """Why it cannot wait for a second administrator."""

    starts = "cut"
    reason = _reason(lazy("Why can it not wait?"))


class LiftForm(_Decision):
    """Why the account may be opened again."""

    starts = "lift"
    reason = _reason(
        lazy("Why may it be opened again?"),
        lazy("Write how you made sure who uses the account now."),
    )


class KeepForm(_Decision):
    """Why it stays locked."""

    starts = "keep"
    reason = _reason(lazy("Why does it stay locked?"))
