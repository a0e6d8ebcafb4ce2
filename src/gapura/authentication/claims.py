"""What the log must tell of the ways in: apps and passkeys, tokens, locks, the ways back."""

from gapura.accounts import events as accounts
from gapura.audit.events import Claim, Telling
from gapura.authentication import events
from gapura.authentication.marks import FACTORS

_CHANGING = (
    events.TOTP_ENROLLED,
    events.TOTP_REMOVED,
    events.PASSKEY_ENROLLED,
    events.PASSKEY_REMOVED,
    events.RECOVERY_USED,
    events.FACTORS_ERASED,
)
# What was there before it, too: who slips a key of theirs in does not get it told as lawful later.
_BEFORE = {"factors": "facts.factors_were"}

FACTORS_OF_PEOPLE = Claim(
    "authentication.factors",
    rows=FACTORS,
    columns=("factors",),
    tellings=(
        Telling(accounts.REGISTERED.name, sets={"factors": "="}, born=True),
        # Entries of before do not say it.
        *(
            Telling(event.name, starts=_BEFORE, sets={"factors": "facts.factors~"})
            for event in _CHANGING
        ),
        Telling(accounts.REGISTRATION_EXPIRED.name, ends=True),
    ),
)
TOKENS = Claim(
    "authentication.token",
    # Lists as the entry's own are read; scopes and ranges of addresses hold no quote.
    rows="""
        SELECT id::text, '[''' || array_to_string(scopes, ''', ''') || ''']',
               CASE WHEN networks = '{}' THEN '[]'
                    ELSE '[''' || array_to_string(networks, ''', ''') || ''']' END,
               digest, to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               (revoked_at IS NOT NULL)::text
        FROM authentication_servicetoken ORDER BY id
    """,
    columns=("scopes", "networks", "digest", "expires", "revoked"),
    tellings=(
        Telling(
            events.TOKEN_ISSUED.name,
            sets={
                "scopes": "facts.scopes",
                "networks": "facts.networks",
                "digest": "facts.token_hash",
                "expires": "facts.expires_at",
                "revoked": "=false",
            },
            born=True,
        ),
        Telling(events.TOKEN_REVOKED.name, starts={"revoked": "=false"}, sets={"revoked": "=true"}),
    ),
)
# Whoever is locked stays so until an entry tells otherwise; so does a wish to lift the lock.
LOCKS_OF_ACCOUNTS = Claim(
    "authentication.lock",
    rows="""
        SELECT p.id::text, coalesce(l.why, ''), (l.lift_asked_at IS NOT NULL)::text
        FROM accounts_person p
        LEFT JOIN authentication_accountlock l ON l.person_id = p.id AND l.lifted_at IS NULL
        ORDER BY p.id
    """,
    columns=("locked", "lift_asked"),
    tellings=(
        Telling(accounts.REGISTERED.name, sets={"locked": "=", "lift_asked": "=false"}, born=True),
        Telling(events.ACCOUNT_LOCKED.name, sets={"locked": "facts.why", "lift_asked": "=false"}),
        Telling(
            events.ACCOUNT_UNLOCKED.name,
            starts={"locked": "facts.why"},
            sets={"locked": "=", "lift_asked": "=false"},
        ),
        Telling(events.LIFT_ASKED.name, sets={"lift_asked": "=true"}),
        Telling(
            events.LOCK_KEPT.name, starts={"lift_asked": "=true"}, sets={"lift_asked": "=false"}
        ),
        Telling(accounts.REGISTRATION_EXPIRED.name, ends=True),
    ),
)
_WHOSE = {"person": "person"}
_REFERENCE = "facts.reference"
_ENDS = (
    (events.RECOVERY_REFUSED, "refused"),
    (events.RECOVERY_STOPPED, "stopped"),
    (events.RECOVERY_LAPSED, "lapsed"),
)
# Who moves a way back that was vouched for to another account comes in by lawful steps: so each
# of them says whose it is, and from where it came.
RECOVERIES = Claim(
    "authentication.recovery",
    rows="""
        SELECT reference, state, person_id::text, (new_email <> '')::text,
               coalesce(replace(to_char(ready_at AT TIME ZONE 'UTC',
                   'YYYY-MM-DD"T"HH24:MI:SS.US'), '.000000', '') || '+00:00', '')
        FROM authentication_recovery ORDER BY id
    """,
    columns=("state", "person", "new_address", "ready"),
    tellings=(
        Telling(
            events.RECOVERY_ASKED.name,
            _REFERENCE,
            sets={"state": "=asked", **_WHOSE, "new_address": "=false", "ready": "="},
            born=True,
        ),
        # The wait of a mailbox begins with it: nobody is asked.
        Telling(
            events.RECOVERY_HELD.name,
            _REFERENCE,
            sets={
                "state": "=waiting",
                **_WHOSE,
                "new_address": "=false",
                "ready": "facts.ready_at",
            },
            born=True,
        ),
        Telling(
            events.RECOVERY_VOUCHED.name,
            _REFERENCE,
            starts={"state": "=asked", **_WHOSE},
            sets={"state": "=vouched", "new_address": "facts.new_address"},
        ),
        Telling(
            events.RECOVERY_SECONDED.name,
            _REFERENCE,
            starts={"state": "=vouched", **_WHOSE},
            sets={"state": "=waiting", "ready": "facts.ready_at"},
        ),
        Telling(
            events.RECOVERY_USED.name,
            _REFERENCE,
            starts={"state": "=waiting", **_WHOSE, "new_address": "facts.new_address"},
            sets={"state": "=used"},
        ),
        *(
            Telling(event.name, _REFERENCE, starts=_WHOSE, sets={"state": f"={state}"})
            for event, state in _ENDS
        ),
    ),
)
