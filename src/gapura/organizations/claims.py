"""What the log must tell of this room's table of letters: their days, and where they stand."""

from gapura.audit.events import Claim, Telling, steps_of
from gapura.organizations import events
from gapura.organizations.states import LETTER

_SAID = {
    "number": "facts.number",
    "valid_from": "facts.valid_from",
    "valid_until": "facts.valid_until",
    "document": "facts.document",
    "digest": "facts.digest",
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
        SELECT l.id::text, l.state, (l.revoked_at IS NOT NULL)::text, l.number,
               lower(l.valid)::text, (upper(l.valid) - 1)::text, l.document_id::text, d.content_id
        FROM organizations_appointmentletter l JOIN documents_document d ON d.id = l.document_id
        ORDER BY l.id
    """,
    columns=("state", "ended", *_SAID),
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
        Telling(events.LETTER_ERASED.name, ends=True),
    ),
)  # fmt: skip
