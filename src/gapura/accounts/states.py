"""The life of a person's account (Profil), and of an identity document, as tables."""

from gapura.accounts import events
from gapura.accounts.choices import DUPLICATE_STATES, OPEN_DUPLICATE
from gapura.accounts.permissions import Can
from gapura.audit.events import Event
from gapura.kernel.states import Machine, Step

REGISTERED = "registered"
CONTACT_VERIFIED = "contact_verified"
IDENTITY_PENDING = "identity_pending"
VERIFIED = "verified"
NEEDS_CORRECTION = "needs_correction"
NEEDS_REVERIFICATION = "needs_reverification"
SUSPENDED = "suspended"
CLOSED = "closed"

STATES = (
    REGISTERED,
    CONTACT_VERIFIED,
    IDENTITY_PENDING,
    VERIFIED,
    NEEDS_CORRECTION,
    NEEDS_REVERIFICATION,
    SUSPENDED,
    CLOSED,
)

# A registration nobody confirmed frees its username after this time (tasks.py).
UNCONFIRMED_HOURS = 24

_LIVING = (CONTACT_VERIFIED, IDENTITY_PENDING, VERIFIED, NEEDS_CORRECTION, NEEDS_REVERIFICATION)


def _rows(
    verb: str, sources: tuple[str, ...], target: str, permission: Can, event: Event, *guards: str
) -> tuple[Step, ...]:
    return tuple(Step(verb, s, target, permission, event.name, guards) for s in sources)


PROFILE = Machine(
    name="accounts.profile",
    start=REGISTERED,
    ends=frozenset({CLOSED}),
    states=STATES,
    steps=(
        *_rows(
            "verify_contact",
            (REGISTERED,),
            CONTACT_VERIFIED,
            Can.VERIFY_CONTACT,
            events.CONTACT_VERIFIED,
            "email_is_free",
        ),
        *_rows(
            "submit_identity",
            (CONTACT_VERIFIED, NEEDS_CORRECTION, NEEDS_REVERIFICATION),
            IDENTITY_PENDING,
            Can.SUBMIT_IDENTITY,
            events.IDENTITY_SUBMITTED,
        ),
        *_rows(
            "verify_identity",
            # Who is verified is so anew, where a campaign asked for it and a document was compared.
            (IDENTITY_PENDING, NEEDS_REVERIFICATION, VERIFIED),
            VERIFIED,
            Can.VERIFY_IDENTITY,
            events.IDENTITY_VERIFIED,
            "nik_is_free",
        ),
        *_rows(
            "ask_correction",
            (IDENTITY_PENDING, VERIFIED),
            NEEDS_CORRECTION,
            Can.ASK_CORRECTION,
            events.CORRECTION_ASKED,
        ),
        *_rows(
            "take_back",
            (IDENTITY_PENDING,),
            NEEDS_CORRECTION,
            Can.TAKE_BACK_IDENTITY,
            events.IDENTITY_TAKEN_BACK,
        ),
        *_rows(
            "require_reverification",
            (VERIFIED,),
            NEEDS_REVERIFICATION,
            Can.REQUIRE_REVERIFICATION,
            events.REVERIFICATION_REQUIRED,
        ),
        *_rows("suspend", _LIVING, SUSPENDED, Can.SUSPEND, events.SUSPENDED),
        # Whoever was suspended shows who they are again: the account may have been taken over.
        *_rows("reinstate", (SUSPENDED,), NEEDS_REVERIFICATION, Can.REINSTATE, events.REINSTATED),
        *_rows("close", (*_LIVING, SUSPENDED), CLOSED, Can.CLOSE, events.CLOSED),
    ),
)

WAITING, CLAIMED = "waiting", "claimed"
CONFIRMED, SENT_BACK, REFUSED = "confirmed", "sent_back", "refused"
WITHDRAWN, OVERTAKEN = "withdrawn", "overtaken"
OPEN_CASE = (WAITING, CLAIMED)
CASE_STATES = (*OPEN_CASE, CONFIRMED, SENT_BACK, REFUSED, WITHDRAWN, OVERTAKEN)
_DEADLINE = "identity_deadline_hours"


def _case(
    verb: str, source: str, target: str, permission: Can, event: Event, guard: str = "",
    due: str = "",
) -> Step:  # fmt: skip
    guards = (guard,) if guard else ()
    return Step(verb, source, target, permission, event.name, guards, due)


# One identity document that was sent in. However it ends, the document's bytes end with it.
CASE = Machine(
    name="accounts.identity_case",
    start=WAITING,
    ends=frozenset({CONFIRMED, SENT_BACK, REFUSED, WITHDRAWN, OVERTAKEN}),
    states=CASE_STATES,
    steps=(
        _case("claim", WAITING, CLAIMED, Can.CLAIM_CASE, events.CASE_CLAIMED),
        _case("claim", CLAIMED, CLAIMED, Can.CLAIM_CASE, events.CASE_CLAIMED, "claim_is_free"),
        _case("release", CLAIMED, WAITING, Can.RELEASE_CASE, events.CASE_RELEASED),
        _case("confirm", CLAIMED, CONFIRMED, Can.CONFIRM_CASE, events.CASE_CONFIRMED,
              "nik_is_free"),
        _case("send_back", CLAIMED, SENT_BACK, Can.SEND_BACK_CASE, events.CASE_SENT_BACK),
        _case("refuse", CLAIMED, REFUSED, Can.REFUSE_CASE, events.CASE_REFUSED),
        _case("escalate", WAITING, WAITING, Can.ESCALATE_CASE, events.CASE_ESCALATED,
              due=_DEADLINE),
        _case("escalate", CLAIMED, WAITING, Can.ESCALATE_CASE, events.CASE_ESCALATED,
              due=_DEADLINE),
        _case("withdraw", WAITING, WITHDRAWN, Can.WITHDRAW_CASE, events.CASE_WITHDRAWN),
        _case("withdraw", CLAIMED, WITHDRAWN, Can.WITHDRAW_CASE, events.CASE_WITHDRAWN),
        _case("overtake", WAITING, OVERTAKEN, Can.OVERTAKE_CASE, events.CASE_OVERTAKEN),
        _case("overtake", CLAIMED, OVERTAKEN, Can.OVERTAKE_CASE, events.CASE_OVERTAKEN),
    ),
)  # fmt: skip

# Two accounts that may be one human. No account ends but after an announced time to object, and
# never by itself: each step is somebody's.
DUPLICATE = Machine(
    name="accounts.duplicate",
    start="found",
    ends=frozenset({"different", "closed", "gone"}),
    states=DUPLICATE_STATES,
    steps=(
        *_rows("ask", ("found",), "asked", Can.ASK_DUPLICATE, events.DUPLICATE_ASKED),
        *_rows("differ", OPEN_DUPLICATE, "different", Can.DIFFER_DUPLICATE,
               events.DUPLICATE_DIFFERENT),
        *_rows("announce", ("found", "asked"), "announced", Can.ANNOUNCE_DUPLICATE,
               events.DUPLICATE_ANNOUNCED),
        *_rows("object", ("announced",), "objected", Can.OBJECT_DUPLICATE,
               events.DUPLICATE_OBJECTED),
        *_rows("uphold", ("objected",), "upheld", Can.UPHOLD_DUPLICATE, events.DUPLICATE_UPHELD),
        *_rows("close", ("announced", "upheld"), "closed", Can.CLOSE_DUPLICATE,
               events.DUPLICATE_CLOSED, "time_to_object_is_over"),
        *_rows("lapse", OPEN_DUPLICATE, "gone", Can.LAPSE_DUPLICATE, events.DUPLICATE_GONE),
    ),
)  # fmt: skip
