"""The state table of letters in an agency's register."""

from gapura.kernel.states import Machine, Step
from gapura.organizations import events
from gapura.organizations.permissions import Can

LETTER = Machine(
    name="organizations.letter",
    start="entered",
    ends=frozenset({"refused", "withdrawn", "revoked", "replaced"}),
    states=("entered", "checked", "refused", "withdrawn", "revoked", "replaced"),
    steps=(
        Step("check", "entered", "checked", Can.CHECK_LETTER, events.LETTER_CHECKED.name),
        Step("refuse", "entered", "refused", Can.CHECK_LETTER, events.LETTER_REFUSED.name),
        Step("withdraw", "entered", "withdrawn", Can.WITHDRAW_LETTER, events.LETTER_WITHDRAWN.name),
        Step("revoke", "checked", "revoked", Can.REVOKE_LETTER, events.LETTER_REVOKED.name),
        Step("replace", "checked", "replaced", Can.REVOKE_LETTER, events.LETTER_REPLACED.name),
    ),
)

LIVE_LETTER = ("entered", "checked")
