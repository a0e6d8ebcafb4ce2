"""What the log must tell of clients and their secrets, consents, and the keys that sign."""

from gapura.audit.events import Claim, Telling, steps_of
from gapura.sso import events
from gapura.sso.marks import CONTRACTS
from gapura.sso.marks import KEYS as KEY_ROWS
from gapura.sso.states import ACTIVE, CLIENT, KEY, NEXT

_MOMENT = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""

CLIENTS = Claim(
    "sso.client",
    rows=CONTRACTS,
    columns=("state", "contract"),
    tellings=(
        Telling(
            events.CLIENT_REGISTERED.name,
            sets={"state": f"={ACTIVE}", "contract": "facts.contract"},
            born=True,
        ),
        Telling(
            events.CLIENT_CHANGED.name,
            # What it was before, too: who slips an address in does not get it told as lawful later.
            starts={"contract": "facts.contract_was"},
            sets={"contract": "facts.contract"},
        ),
        *steps_of(CLIENT),
    ),
)
SECRETS = Claim(
    "sso.secret",
    rows=f"""
        SELECT id::text, client_id::text, encode(digest, 'hex'),
               coalesce(to_char(ends_at AT TIME ZONE 'UTC', {_MOMENT}), '')
        FROM sso_client_secret ORDER BY id
    """,  # noqa: S608 - constants only
    columns=("client", "digest", "ends"),
    tellings=(
        Telling(
            events.SECRET_ADDED.name,
            "facts.secret",
            sets={"client": "subject_id", "digest": "facts.secret_hash", "ends": "="},
            born=True,
        ),
        Telling(events.SECRET_ENDED.name, "facts.secret", sets={"ends": "facts.ends_at"}),
    ),
)
KEYS = Claim(
    "sso.key",
    rows=KEY_ROWS,
    columns=("state", "kid", "alg", "public"),
    tellings=(
        Telling(
            events.KEY_MADE.name,
            sets={
                "state": f"={NEXT}",
                "kid": "subject_label",
                "alg": "facts.alg",
                "public": "facts.public",
            },
            born=True,
        ),
        *steps_of(KEY, {"alg": "facts.alg"}),
    ),
)
CONSENTS = Claim(
    "sso.consent",
    # Scopes hold no space; the entry names them in the order of the row.
    rows="""
        SELECT id::text, person_id::text, client_id::text, array_to_string(scopes, ' '),
               (withdrawn_at IS NOT NULL)::text
        FROM sso_consent ORDER BY id
    """,
    columns=("person", "client", "scopes", "withdrawn"),
    tellings=(
        Telling(
            events.CONSENT_GIVEN.name,
            "facts.consent",
            sets={
                "person": "person",
                "client": "facts.client",
                "scopes": "facts.scopes",
                "withdrawn": "=false",
            },
            born=True,
        ),
        Telling(events.CONSENT_WIDENED.name, "facts.consent", sets={"scopes": "facts.scopes"}),
        Telling(events.CONSENT_WITHDRAWN.name, "facts.consent", sets={"withdrawn": "=true"}),
        Telling(events.CONSENT_ERASED.name, "facts.consent", ends=True),
    ),
)
INITIAL_TOKENS = Claim(
    "sso.initial_token",
    rows=f"""
        SELECT id::text, encode(digest, 'hex'), agency, sandbox::text, most::text,
               to_char(expires_at AT TIME ZONE 'UTC', {_MOMENT}), (revoked_at IS NOT NULL)::text
        FROM sso_initial_token ORDER BY id
    """,  # noqa: S608 - constants only
    columns=("digest", "owner", "sandbox", "most", "expires", "revoked"),
    tellings=(
        Telling(
            events.INITIAL_TOKEN_MADE.name,
            sets={
                "digest": "facts.token_hash",
                "owner": "facts.owner",
                "sandbox": "facts.sandbox",
                "most": "facts.most",
                "expires": "facts.expires_at",
                "revoked": "=false",
            },
            born=True,
        ),
        Telling(
            events.INITIAL_TOKEN_REVOKED.name,
            starts={"revoked": "=false"},
            sets={"revoked": "=true"},
        ),
    ),
)
