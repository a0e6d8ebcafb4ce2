"""The state tables: a way back, vouched for by two; a suspicion, acted on by two."""

from gapura.authentication import events
from gapura.authentication.permissions import Can
from gapura.kernel.states import Machine, Step

_STOPPED = events.RECOVERY_STOPPED.name
_REFUSED = events.RECOVERY_REFUSED.name
_LAPSED = events.RECOVERY_LAPSED.name
_LIFE = "recovery"

RECOVERY = Machine(
    name="authentication.recovery",
    start="asked",
    ends=frozenset({"used", "stopped", "refused", "lapsed"}),
    states=("asked", "vouched", "waiting", "used", "stopped", "refused", "lapsed"),
    steps=(
        Step("vouch", "asked", "vouched", Can.VOUCH_RECOVERY, events.RECOVERY_VOUCHED.name),
        Step("second", "vouched", "waiting", Can.SECOND_RECOVERY, events.RECOVERY_SECONDED.name),
        Step("hold", "asked", "waiting", Can.HOLD_RECOVERY, events.RECOVERY_HELD.name),
        Step("refuse", "asked", "refused", Can.REFUSE_RECOVERY, _REFUSED),
        Step("refuse", "vouched", "refused", Can.REFUSE_RECOVERY, _REFUSED),
        Step("stop", "asked", "stopped", Can.STOP_RECOVERY, _STOPPED),
        Step("stop", "vouched", "stopped", Can.STOP_RECOVERY, _STOPPED),
        Step("stop", "waiting", "stopped", Can.STOP_RECOVERY, _STOPPED),
        Step("lapse", "asked", "lapsed", Can.LAPSE_RECOVERY, _LAPSED, due=_LIFE),
        Step("lapse", "vouched", "lapsed", Can.LAPSE_RECOVERY, _LAPSED, due=_LIFE),
        Step("lapse", "waiting", "lapsed", Can.LAPSE_RECOVERY, _LAPSED, due=_LIFE),
        Step("use", "waiting", "used", Can.USE_RECOVERY, events.RECOVERY_USED.name),
    ),
)

_DISMISSED = events.SUSPICION_DISMISSED.name
SUSPICION = Machine(
    name="authentication.suspicion",
    start="open",
    ends=frozenset({"settled", "dismissed"}),
    states=("open", "proposed", "settled", "dismissed"),
    steps=(
        Step("propose", "open", "proposed", Can.PROPOSE_ACTION, events.ACTION_PROPOSED.name),
        Step("agree", "proposed", "settled", Can.AGREE_ACTION, events.SUSPICION_SETTLED.name),
        Step("decline", "proposed", "open", Can.DECLINE_ACTION, events.ACTION_DECLINED.name),
        Step("dismiss", "open", "dismissed", Can.DISMISS_SUSPICION, _DISMISSED),
        Step("dismiss", "proposed", "dismissed", Can.DISMISS_SUSPICION, _DISMISSED),
    ),
)
