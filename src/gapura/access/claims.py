"""What the log must tell of this room's tables: requests, grants, and how people came to roles."""

from gapura.access import events
from gapura.access.states import APPOINTMENT, GRANT, INVITATION, JOIN, REQUEST, SUCCESSION
from gapura.audit.events import Claim, Telling, steps_of

_PLACE = {
    "role": "facts.role",
    "agency": "facts.agency",
    "unit": "facts.unit",
    "company": "facts.company?",
    "person": "person",
}
# What the first entry of a grant says besides; older ones do not.
_LASTS = {
    "since": "facts.since",
    "until": "facts.until",
    "letter": "facts.letter_id",
    "standing": "facts.standing",
    "principal": "facts.principal",
    "rests_on": "facts.rests_on",
    "delegable": "facts.delegable",
    "duties": "facts.duties",
}
# The same of a name in a letter; whom it names is told in a fingerprint.
_NAMED = {n: _LASTS[n] for n in ("letter", "since", "until", "standing", "principal")} | {
    "officer": "facts.officer"
}
_BEGUN = {"state": "after.state", **_PLACE, **_LASTS}
# What a request says of the place is where the applicant belongs; the grant's own entries say
# where the role acts.
_GIVEN = {"state": "=approved", "role": "facts.role", "person": "person", **_LASTS}

GRANTS = Claim(
    "access.grant",
    rows="""
        SELECT id::text, CASE WHEN superseded_at IS NULL THEN state ELSE 'superseded' END, role,
               coalesce(agency_id, ''), coalesce(unit_id, ''), coalesce(company_id, ''),
               person_id::text, coalesce(lower(valid)::text, ''),
               coalesce((upper(valid) - 1)::text, ''), coalesce(letter_id::text, ''), standing,
               coalesce(principal_id::text, ''), coalesce(rests_on_id::text, ''), delegable::text,
               array_to_string(duties, ',')
        FROM access_grant WHERE version_of_id IS NULL OR superseded_at IS NULL ORDER BY id
    """,
    columns=("state", "role", "agency", "unit", "company", "person", *_LASTS),
    tellings=(
        Telling(events.APPROVED.name, "facts.grant", sets=_GIVEN, born=True),
        Telling(events.APPOINTMENT_GRANTED.name, "facts.grant", sets=_GIVEN, born=True),
        Telling(events.ISSUED.name, sets=_BEGUN, born=True),
        Telling(events.DELEGATED.name, sets=_BEGUN, born=True),
        *steps_of(GRANT, _PLACE),
        Telling(
            events.DAYS_CHANGED.name,
            starts={"until": "facts.was_until"},
            sets={"until": "facts.until", **_PLACE},
        ),
        Telling(
            events.STAFF_CHANGED.name,
            starts={"duties": "facts.was"},
            sets={"duties": "facts.duties", "role": "facts.role", "company": "facts.company"},
        ),
    ),
)
REQUESTS = Claim(
    "access.request",
    rows="""
        SELECT id::text, state, person_id::text FROM access_accessrequest ORDER BY id
    """,
    columns=("state", "person"),
    tellings=(
        Telling(events.DRAFTED.name, sets={"state": "=draft", "person": "person"}, born=True),
        *steps_of(REQUEST, {"person": "person"}),
    ),
)
APPOINTMENTS = Claim(
    "access.appointment",
    rows="""
        SELECT id::text, state, role, coalesce(grant_id::text, ''), letter_id::text,
               coalesce(lower(valid)::text, ''), coalesce((upper(valid) - 1)::text, ''), standing,
               coalesce(principal_id::text, ''), id::text || '|' || encode(nik_lookup, 'hex')
        FROM access_appointment ORDER BY id
    """,
    columns=("state", "role", "grant", *_NAMED),
    keyed=("officer",),
    tellings=(
        Telling(
            events.NAMED.name,
            sets={"state": "=named", "role": "facts.role", "grant": "=", **_NAMED},
            born=True,
        ),
        *steps_of(APPOINTMENT, {"role": "facts.role", "grant": "facts.grant"}),
        Telling(
            events.APPOINTMENT_ERASED.name,
            starts={"officer": "facts.officer_were"},
            sets={"officer": "facts.officer"},
        ),
    ),
)
INVITATIONS = Claim(
    "access.invitation",
    rows="""
        SELECT id::text, state, role, company_id, array_to_string(duties, ',')
        FROM access_invitation ORDER BY id
    """,
    columns=("state", "role", "company", "duties"),
    tellings=(
        Telling(
            events.INVITED.name,
            sets={
                "state": "=open",
                "role": "facts.role",
                "company": "facts.company",
                "duties": "facts.duties",
            },
            born=True,
        ),
        *steps_of(INVITATION),
    ),
)
JOINS = Claim(
    "access.join",
    rows="SELECT id::text, state, company_id, person_id::text FROM access_joinrequest ORDER BY id",
    columns=("state", "company", "person"),
    tellings=(
        Telling(
            events.JOIN_ASKED.name,
            sets={"state": "=waiting", "company": "facts.company", "person": "person"},
            born=True,
        ),
        *steps_of(JOIN),
    ),
)
SUCCESSIONS = Claim(
    "access.succession",
    rows="""
        SELECT id::text, state, company_id, successor_id::text, coalesce(grant_id::text, ''),
               former, result_hash
        FROM access_succession ORDER BY id
    """,
    columns=("state", "company", "person", "grant", "former", "answer"),
    tellings=(
        Telling(
            events.SUCCESSION_STARTED.name,
            sets={
                "state": "=cooling",
                "company": "facts.company",
                "person": "person",
                "grant": "=",
                "former": "facts.former",
                "answer": "facts.result_hash",
            },
            born=True,
        ),
        *steps_of(SUCCESSION, {"grant": "facts.grant", "answer": "facts.result_hash"}),
    ),
)
REVIEWS = Claim(
    "access.review",
    rows="""
        SELECT id::text, state, coalesce(agency_id, ''), overdue, due_on::text, settles_on::text,
               total::text
        FROM access_review ORDER BY id
    """,
    columns=("state", "agency", "overdue", "due_on", "settles_on", "total"),
    tellings=(
        Telling(
            events.REVIEW_OPENED.name,
            sets={
                "state": "=open",
                "agency": "facts.agency",
                "overdue": "facts.overdue",
                "due_on": "facts.due_on",
                "settles_on": "facts.settles_on",
                "total": "facts.total",
            },
            born=True,
        ),
        Telling(
            events.REVIEW_EXTENDED.name,
            starts={"due_on": "facts.was_due_on", "settles_on": "facts.was_settles_on"},
            sets={"due_on": "facts.due_on", "settles_on": "facts.settles_on"},
        ),
        *(
            Telling(event.name, starts={"state": "=open"}, sets={"state": state})
            for event, state in (
                (events.REVIEW_CLOSED, "=closed"),
                (events.REVIEW_CANCELLED, "=cancelled"),
            )
        ),
    ),
)
