"""What the log must tell of the ways in: who has which app and passkeys, which tokens work."""

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
