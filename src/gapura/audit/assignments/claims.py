"""What the log must tell of assignments: they open the logs of agencies to an auditor."""

from gapura.audit import events
from gapura.audit.claims import Claim, Telling

_SAID = {
    "number": "subject_label",
    "person": "person",
    "letter": "facts.letter",
    "agencies": "facts.agencies",
    "units": "facts.units?",
    "case": "facts.case?",
    "since": "facts.since",
    "until": "facts.until",
}

ASSIGNMENTS = Claim(
    "audit.assignment",
    # Lists of codes as the entry's own are read; a code has neither quote nor backslash.
    rows="""
        SELECT id::text, number, person::text, letter::text,
               '[''' || array_to_string(agencies, ''', ''') || ''']',
               CASE WHEN units = '{}' THEN ''
                    ELSE '[''' || array_to_string(units, ''', ''') || ''']' END,
               "case", lower(valid)::text, (upper(valid) - 1)::text,
               (confirmed_at IS NOT NULL)::text, (ended_at IS NOT NULL)::text
        FROM audit_assignment ORDER BY id
    """,
    columns=(*_SAID, "confirmed", "ended"),
    tellings=(
        Telling(
            events.ASSIGNMENT_REGISTERED.name,
            sets={**_SAID, "confirmed": "=false", "ended": "=false"},
            born=True,
        ),
        Telling(
            events.ASSIGNMENT_CONFIRMED.name,
            starts={"confirmed": "=false", "ended": "=false"},
            sets={"confirmed": "=true"},
        ),
        Telling(events.ASSIGNMENT_ENDED.name, starts={"ended": "=false"}, sets={"ended": "=true"}),
    ),
)
