"""What the log must tell of this room's table of letters: their days, and where they stand."""

from gapura.audit.events import Claim, Telling, steps_of
from gapura.organizations import events
from gapura.organizations.states import LETTER

_SAID = {
    "number": "facts.number",
    "valid_from": "facts.valid_from",
    "valid_until": "facts.valid_until",
    "document": "facts.document",
}
_ENDING = frozenset({events.LETTER_REVOKED.name, events.LETTER_REPLACED.name})
# Of a person's own copy, which has no state, an entry tells only that it was revoked.
_STEPS = tuple(
    Telling(step.event, starts=step.starts, sets={"state": "after.state~", "ended": "=true"})
    if step.event in _ENDING
    else step
    for step in steps_of(LETTER)
)

LETTERS = Claim(
    "organizations.letter",
    rows="""
        SELECT id::text, state, (revoked_at IS NOT NULL)::text, number, lower(valid)::text,
               (upper(valid) - 1)::text, document_id::text
        FROM organizations_appointmentletter ORDER BY id
    """,
    columns=("state", "ended", "number", "valid_from", "valid_until", "document"),
    tellings=(
        Telling(
            events.LETTER_REGISTERED.name, sets={"state": "=", "ended": "=false", **_SAID},
            born=True,
        ),
        Telling(
            events.LETTER_ENTERED.name,
            sets={"state": f"={LETTER.start}", "ended": "=false", **_SAID},
            born=True,
        ),
        *_STEPS,
    ),
)  # fmt: skip
