"""What the log must tell of this room's people: who, reached where, how the account stands."""

from gapura.accounts import events
from gapura.accounts.states import CONTACT_VERIFIED, PROFILE, REGISTERED
from gapura.audit.events import Claim, Telling, steps_of

_STEPS = tuple(step for step in steps_of(PROFILE) if step.event != events.CONTACT_VERIFIED.name)
# Each tells the fingerprint before it, too: what a stranger wrote in between is not lawful later.
_CHANGING = (
    (events.CONTACT_CHANGED, "contact"),
    (events.CONTACT_RESTORED, "contact"),
    (events.IDENTITY_CORRECTED, "identity"),
)

HOLDS = Claim(
    "accounts.hold",
    rows="""
        SELECT id::text, person_id::text, kind, source,
               to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               coalesce(to_char(ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '')
        FROM accounts_personhold WHERE lifted_at IS NULL ORDER BY id
    """,
    columns=("person", "kind", "source", "starts", "ends"),
    tellings=(
        Telling(
            events.HOLD_PLACED.name,
            sets={
                "person": "person",
                "kind": "facts.kind",
                "source": "facts.source",
                "starts": "facts.starts_at",
                "ends": "facts.ends_at?",
            },
            born=True,
        ),
        Telling(events.HOLD_LIFTED.name, ends=True),
    ),
)
PEOPLE = Claim(
    "accounts.person",
    # What is fingerprinted is put together as `services.rows.marks_of` does it. What is empty stays
    # a place of its own: nobody moves a value into the name beside it.
    rows="""
        SELECT id::text, state, username, id::text || '|' || email,
               concat_ws('|', id, kind, name, coalesce(encode(nik_lookup, 'hex'), ''),
                         coalesce(encode(nip_lookup, 'hex'), ''), coalesce(agency, ''))
        FROM accounts_person ORDER BY id
    """,
    columns=("state", "username", "contact", "identity"),
    keyed=("contact", "identity"),
    tellings=(
        Telling(
            events.REGISTERED.name,
            sets={
                "state": f"={REGISTERED}",
                "username": "subject_label",
                "contact": "facts.contact",
                "identity": "facts.identity",
            },
            born=True,
        ),
        Telling(
            events.CONTACT_VERIFIED.name,
            starts={"state": f"={REGISTERED}"},
            sets={"state": f"={CONTACT_VERIFIED}"},
        ),
        # Entries of before do not say it.
        *(
            Telling(
                event.name,
                starts={column: f"facts.{column}_were"},
                sets={column: f"facts.{column}~"},
            )
            for event, column in _CHANGING
        ),
        *_STEPS,
        Telling(
            events.ERASED.name,
            starts={"contact": "facts.contact_were", "identity": "facts.identity_were"},
            sets={"contact": "facts.contact", "identity": "facts.identity"},
        ),
        Telling(events.REGISTRATION_EXPIRED.name, ends=True),
    ),
)
CAMPAIGNS = Claim(
    "accounts.campaign",
    rows="""
        SELECT id::text, state, kind, audience, among, consequence, due_on::text,
               coalesce(to_char(held_from AT TIME ZONE 'UTC',
                                'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ''), people::text,
               coalesce(to_char(started_at AT TIME ZONE 'UTC',
                                'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '')
        FROM accounts_campaign ORDER BY id
    """,
    columns=(
        "state",
        "kind",
        "audience",
        "among",
        "consequence",
        "due",
        "held",
        "people",
        "started",
    ),
    tellings=(
        Telling(
            events.CAMPAIGN_DRAFTED.name,
            sets={
                "state": "=draft",
                "kind": "facts.kind",
                "audience": "facts.audience",
                "among": "facts.among",
                "consequence": "facts.consequence",
                "due": "facts.due_on",
                "held": "facts.held_from?",
                "people": "=0",
                "started": "=",
            },
            born=True,
        ),
        Telling(
            events.CAMPAIGN_PLANNED.name, starts={"state": "=draft"}, sets={"state": "=planned"}
        ),
        Telling(
            events.CAMPAIGN_STARTED.name,
            sets={"state": "=running", "people": "facts.people", "started": "facts.started_at"},
        ),
        Telling(
            events.CAMPAIGN_EXTENDED.name,
            starts={"state": "=running"},
            sets={"due": "facts.due_on", "held": "facts.held_from?"},
        ),
        Telling(events.CAMPAIGN_CANCELED.name, sets={"state": "=canceled"}),
        Telling(events.CAMPAIGN_ENDED.name, starts={"state": "=running"}, sets={"state": "=ended"}),
    ),
)
