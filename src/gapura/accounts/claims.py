"""What the log must tell of this room's table of people: where each account stands."""

from gapura.accounts import events
from gapura.accounts.states import CONTACT_VERIFIED, PROFILE, REGISTERED
from gapura.audit.events import Claim, Telling, steps_of

_STEPS = tuple(step for step in steps_of(PROFILE) if step.event != events.CONTACT_VERIFIED.name)

PEOPLE = Claim(
    "accounts.person",
    rows="SELECT id::text, state, username FROM accounts_person ORDER BY id",
    columns=("state", "username"),
    tellings=(
        Telling(
            events.REGISTERED.name,
            sets={"state": f"={REGISTERED}", "username": "subject_label"},
            born=True,
        ),
        Telling(
            events.CONTACT_VERIFIED.name,
            starts={"state": f"={REGISTERED}"},
            sets={"state": f"={CONTACT_VERIFIED}"},
        ),
        *_STEPS,
        Telling(events.REGISTRATION_EXPIRED.name, ends=True),
    ),
)
