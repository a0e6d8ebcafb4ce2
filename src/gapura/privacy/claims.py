"""What the log must tell of requests about data and of restrictions."""

from gapura.audit.events import Claim, Telling, steps_of
from gapura.privacy.events import breaches, erasures
from gapura.privacy.events import requests as events
from gapura.privacy.states.breaches import BREACH, OPEN
from gapura.privacy.states.erasures import COOLING, ERASURE
from gapura.privacy.states.requests import RECEIVED, REQUEST

_MOVES = tuple(t for t in steps_of(REQUEST) if t.event != events.REQUEST_ESCALATED.name)

REQUESTS = Claim(
    "privacy.request",
    rows="SELECT id::text, state, kind, desk FROM privacy_request ORDER BY id",
    columns=("state", "kind", "desk"),
    tellings=(
        Telling(
            events.REQUEST_ASKED.name,
            sets={"state": f"={RECEIVED}", "kind": "facts.kind", "desk": "facts.desk"},
            born=True,
        ),
        *_MOVES,
        Telling(
            events.REQUEST_ESCALATED.name,
            starts={"state": "before.state"},
            sets={"state": "after.state", "desk": "=platform"},
        ),
    ),
)
RESTRICTIONS = Claim(
    "privacy.restriction",
    rows="SELECT id::text, (ended_at IS NULL)::text FROM privacy_restriction ORDER BY id",
    columns=("now",),
    tellings=(
        Telling(events.RESTRICTED.name, sets={"now": "=true"}, born=True),
        Telling(events.LIFTED.name, starts={"now": "=true"}, sets={"now": "=false"}),
    ),
)
# What a certificate says is held against the log: nobody forges one in the table.
ERASURES = Claim(
    "privacy.erasure",
    rows="SELECT id::text, state, digest, sha256 FROM privacy_erasure ORDER BY id",
    columns=("state", "digest", "sha256"),
    tellings=(
        Telling(
            erasures.ERASURE_ASKED.name,
            sets={"state": f"={COOLING}", "digest": "=", "sha256": "="},
            born=True,
        ),
        *(t for t in steps_of(ERASURE) if t.event != erasures.ERASURE_CARRIED_OUT.name),
        Telling(
            erasures.ERASURE_CARRIED_OUT.name,
            starts={"state": "before.state"},
            sets={"state": "after.state", "digest": "facts.digest", "sha256": "facts.sha256"},
        ),
    ),
)
BREACHES = Claim(
    "privacy.breach",
    rows="SELECT id::text, state FROM privacy_breach ORDER BY id",
    columns=("state",),
    tellings=(
        Telling(breaches.BREACH_ENTERED.name, sets={"state": f"={OPEN}"}, born=True),
        *steps_of(BREACH),
    ),
)
