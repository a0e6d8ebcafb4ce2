"""The life of a person's account (Profil) as a table."""

from gapura.accounts import events
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
            (IDENTITY_PENDING, NEEDS_REVERIFICATION),
            VERIFIED,
            Can.VERIFY_IDENTITY,
            events.IDENTITY_VERIFIED,
            "nik_is_free",
        ),
        *_rows(
            "ask_correction",
            (IDENTITY_PENDING,),
            NEEDS_CORRECTION,
            Can.ASK_CORRECTION,
            events.CORRECTION_ASKED,
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
