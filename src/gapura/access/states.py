"""The state tables of this room: requests, grants, officers named, how people come to companies."""

from gapura.access import events
from gapura.access.permissions import Can
from gapura.kernel.states import Machine, Step

_REQUESTED = events.SUBMITTED.name
_CLAIMED = events.CLAIMED.name
_ESCALATED = events.ESCALATED.name
_WITHDRAWN = events.WITHDRAWN.name

REQUEST = Machine(
    name="access.request",
    start="draft",
    ends=frozenset({"approved", "rejected", "withdrawn"}),
    states=(
        "draft",
        "submitted",
        "in_review",
        "needs_correction",
        "approved",
        "rejected",
        "withdrawn",
    ),
    steps=(
        Step("submit", "draft", "submitted", Can.SUBMIT, _REQUESTED, ("is_complete",)),
        Step("submit", "needs_correction", "submitted", Can.SUBMIT, _REQUESTED, ("is_complete",)),
        Step("claim", "submitted", "in_review", Can.CLAIM, _CLAIMED),
        Step("claim", "in_review", "in_review", Can.CLAIM, _CLAIMED, ("claim_is_free",)),
        Step("release", "in_review", "submitted", Can.RELEASE, events.RELEASED.name),
        Step("approve", "in_review", "approved", Can.APPROVE, events.APPROVED.name),
        Step(
            "ask_correction",
            "in_review",
            "needs_correction",
            Can.ASK_CORRECTION,
            events.CORRECTION_ASKED.name,
        ),
        Step("reject", "in_review", "rejected", Can.REJECT, events.REJECTED.name),
        Step(
            "escalate",
            "submitted",
            "submitted",
            Can.ESCALATE,
            _ESCALATED,
            due="request_deadline_hours",
        ),
        Step(
            "escalate",
            "in_review",
            "submitted",
            Can.ESCALATE,
            _ESCALATED,
            due="request_deadline_hours",
        ),
        Step("withdraw", "draft", "withdrawn", Can.WITHDRAW, _WITHDRAWN),
        Step("withdraw", "submitted", "withdrawn", Can.WITHDRAW, _WITHDRAWN),
        Step("withdraw", "in_review", "withdrawn", Can.WITHDRAW, _WITHDRAWN),
        Step("withdraw", "needs_correction", "withdrawn", Can.WITHDRAW, _WITHDRAWN),
    ),
)

OPEN_REQUEST = ("draft", "submitted", "in_review", "needs_correction")
WAITING_REQUEST = ("submitted", "in_review")

GRANT = Machine(
    name="access.grant",
    start="approved",
    ends=frozenset({"revoked"}),
    states=("approved", "active", "suspended", "revoked"),
    steps=(
        Step("activate", "approved", "active", Can.ACTIVATE, events.ACTIVATED.name),
        Step("lapse", "approved", "revoked", Can.LAPSE, events.LAPSED.name, due="activation_days"),
        Step("suspend", "active", "suspended", Can.SUSPEND, events.SUSPENDED.name),
        Step("resume", "suspended", "active", Can.RESUME, events.RESUMED.name),
        Step("revoke", "approved", "revoked", Can.REVOKE, events.REVOKED.name),
        Step("revoke", "active", "revoked", Can.REVOKE, events.REVOKED.name),
        Step("revoke", "suspended", "revoked", Can.REVOKE, events.REVOKED.name),
        # Whoever works for a company goes when they want to; of the last administrator see `leave`.
        Step("leave", "approved", "revoked", Can.LEAVE, events.LEFT.name),
        Step("leave", "active", "revoked", Can.LEAVE, events.LEFT.name),
        Step("leave", "suspended", "revoked", Can.LEAVE, events.LEFT.name),
    ),
)

LIVE_GRANT = ("approved", "active", "suspended")

INVITATION = Machine(
    name="access.invitation",
    start="open",
    ends=frozenset({"accepted", "withdrawn"}),
    states=("open", "accepted", "withdrawn"),
    steps=(
        Step("accept", "open", "accepted", Can.ACCEPT, events.INVITATION_ACCEPTED.name),
        Step(
            "withdraw",
            "open",
            "withdrawn",
            Can.WITHDRAW_INVITATION,
            events.INVITATION_WITHDRAWN.name,
        ),
    ),
)

JOIN = Machine(
    name="access.join",
    start="waiting",
    ends=frozenset({"admitted", "refused", "withdrawn"}),
    states=("waiting", "admitted", "refused", "withdrawn"),
    steps=(
        Step("admit", "waiting", "admitted", Can.ADMIT, events.JOIN_ADMITTED.name),
        Step("refuse", "waiting", "refused", Can.REFUSE_JOIN, events.JOIN_REFUSED.name),
        Step("withdraw", "waiting", "withdrawn", Can.WITHDRAW_JOIN, events.JOIN_WITHDRAWN.name),
    ),
)

SUCCESSION = Machine(
    name="access.succession",
    start="cooling",
    ends=frozenset({"taken_over", "withdrawn", "refused", "lapsed"}),
    states=("cooling", "objected", "allowed", "taken_over", "withdrawn", "refused", "lapsed"),
    steps=(
        Step(
            "object",
            "cooling",
            "objected",
            Can.OBJECT_SUCCESSION,
            events.SUCCESSION_OBJECTED.name,
        ),
        Step("allow", "objected", "allowed", Can.ALLOW_SUCCESSION, events.SUCCESSION_ALLOWED.name),
        Step(
            "refuse", "objected", "refused", Can.REFUSE_SUCCESSION, events.SUCCESSION_REFUSED.name
        ),
        # Whether the time to object is over is asked of the clock when it is done.
        Step("take_over", "cooling", "taken_over", Can.TAKE_OVER, events.SUCCESSION_DONE.name),
        Step("take_over", "allowed", "taken_over", Can.TAKE_OVER, events.SUCCESSION_DONE.name),
        *(
            Step(
                "withdraw",
                state,
                "withdrawn",
                Can.WITHDRAW_SUCCESSION,
                events.SUCCESSION_WITHDRAWN.name,
            )
            for state in ("cooling", "objected", "allowed")
        ),
        *(
            Step("lapse", state, "lapsed", Can.TIDY_SUCCESSIONS, events.SUCCESSION_LAPSED.name)
            for state in ("cooling", "allowed")
        ),
    ),
)

OPEN_SUCCESSION = ("cooling", "objected", "allowed")

APPOINTMENT = Machine(
    name="access.appointment",
    start="named",
    ends=frozenset({"withdrawn", "declined"}),
    states=("named", "granted", "withdrawn", "declined"),
    steps=(
        Step("grant", "named", "granted", Can.GRANT_APPOINTMENT, events.APPOINTMENT_GRANTED.name),
        Step(
            "withdraw",
            "named",
            "withdrawn",
            Can.WITHDRAW_APPOINTMENT,
            events.APPOINTMENT_WITHDRAWN.name,
        ),
        Step(
            "decline",
            "named",
            "declined",
            Can.DECLINE_APPOINTMENT,
            events.APPOINTMENT_DECLINED.name,
        ),
        # Until the person activates what was prepared, it can still be declined.
        Step(
            "decline",
            "granted",
            "declined",
            Can.DECLINE_APPOINTMENT,
            events.APPOINTMENT_DECLINED.name,
        ),
    ),
)

IMPORT = Machine(
    name="access.import",
    start="judging",
    ends=frozenset({"finished", "dropped", "refused"}),
    states=("judging", "judged", "running", "finished", "dropped", "refused"),
    steps=(
        Step("judge", "judging", "judged", Can.JUDGE_IMPORT, events.IMPORT_JUDGED.name),
        Step("refuse", "judging", "refused", Can.JUDGE_IMPORT, events.IMPORT_REFUSED.name),
        Step("start", "judged", "running", Can.IMPORT, events.IMPORT_STARTED.name),
        Step("drop", "judged", "dropped", Can.IMPORT, events.IMPORT_DROPPED.name),
        Step("finish", "running", "finished", Can.JUDGE_IMPORT, events.IMPORT_FINISHED.name),
    ),
)

OPEN_IMPORT = ("judging", "judged", "running")

REVIEW = Machine(
    name="access.review",
    start="open",
    ends=frozenset({"closed", "cancelled"}),
    states=("open", "closed", "cancelled"),
    steps=(
        Step("extend", "open", "open", Can.EXTEND_REVIEW, events.REVIEW_EXTENDED.name),
        Step("close", "open", "closed", Can.TEND_REVIEW, events.REVIEW_CLOSED.name),
        Step("cancel", "open", "cancelled", Can.CANCEL_REVIEW, events.REVIEW_CANCELLED.name),
    ),
)

# What was kept or suspended because nobody answered can still be answered.
UNANSWERED = ("open", "kept", "suspended")

REVIEW_LINE = Machine(
    name="access.review_line",
    start="open",
    ends=frozenset({"confirmed", "removed", "gone", "lapsed"}),
    states=("open", "confirmed", "removed", "gone", "kept", "suspended", "lapsed"),
    steps=(
        *(
            Step("confirm", state, "confirmed", Can.CONFIRM_LINE, events.LINE_CONFIRMED.name)
            for state in UNANSWERED
        ),
        *(
            Step("remove", state, "removed", Can.REMOVE_LINE, events.LINE_REMOVED.name)
            for state in UNANSWERED
        ),
        # The access ended by itself, with its letter, or with its holder's leaving.
        *(
            Step("drop", state, "gone", Can.TEND_LINE, events.LINE_DROPPED.name)
            for state in UNANSWERED
        ),
        Step("escalate", "open", "open", Can.TEND_LINE, events.LINE_ESCALATED.name),
        Step("keep", "open", "kept", Can.TEND_LINE, events.LINE_KEPT.name),
        Step("suspend", "open", "suspended", Can.TEND_LINE, events.LINE_SUSPENDED.name),
        Step("lapse", "open", "lapsed", Can.TEND_LINE, events.LINE_LAPSED.name),
    ),
)
