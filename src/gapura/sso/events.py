"""What is recorded about clients, keys, what people allowed, and every token that is issued."""

from gapura.audit.events import Durability, Event, Readers
from gapura.kernel.texts import N_

GRANT_TITLES = {
    "authorization_code": N_("a sign-in"),
    "refresh_token": N_("a renewal"),
    "client_credentials": N_("its own account"),
}
# Whoever registered it: a form, a command, or the application itself with a registration token.
_WAYS = {
    "form": N_("by form"),
    "command": N_("by command"),
    "dynamic": N_("by itself"),
}
_AUTHORIZATION = ("client_id", "authorization")

CLIENT_REGISTERED = Event(
    "sso.client.registered",
    N_("%(actor)s registered the application %(subject)s (%(way)s)"),
    # `contract` is the fingerprint of all that decides what it may: see `marks.py`.
    needs=("client_id", "way", "contract"),
    optional=("profile", "auth_method", "grant_types", "scopes", "sandbox", "initial_token"),
    words={"way": _WAYS},
)
CLIENT_CHANGED = Event(
    "sso.client.changed",
    N_("%(actor)s changed the registration of the application %(subject)s"),
    needs=("client_id", "fields", "contract_was", "contract"),
    optional=("reason",),
)
CLIENT_SUSPENDED = Event(
    "sso.client.suspended",
    N_("%(actor)s suspended the application %(subject)s"),
    needs=("client_id", "reason"),
)
CLIENT_RESTORED = Event(
    "sso.client.restored",
    N_("%(actor)s let the application %(subject)s work again"),
    needs=("client_id", "reason"),
)
CLIENT_CLOSED = Event(
    "sso.client.closed",
    N_("%(actor)s closed the application %(subject)s"),
    needs=("client_id", "reason"),
)
# Not three words: an event is named room.noun.verb.
SECRET_ADDED = Event(
    "sso.client_secret.added",
    N_("%(actor)s made a new secret for the application %(subject)s"),
    needs=("client_id", "secret", "secret_hash"),
)
SECRET_ENDED = Event(
    "sso.client_secret.ended",
    N_("%(actor)s ended a secret of the application %(subject)s"),
    needs=("client_id", "secret", "ends_at"),
    optional=("why",),
)
CLIENT_REFUSED = Event(
    "sso.client.refused",
    N_("Somebody who could not prove to be the application %(subject)s was refused: %(why)s"),
    needs=("client_id", "why"),
    optional=("grant_type", "endpoint"),
    durability=Durability.BEFORE_REPLY,
)
KEY_MADE = Event(
    "sso.key.made",
    N_("A signing key %(subject)s (%(alg)s) was made"),
    needs=("alg", "public"),
    readers=Readers.PLATFORM,
)
KEY_ROTATED = Event(
    "sso.key.rotated",
    N_("The signing key %(subject)s (%(alg)s) takes its turn"),
    needs=("alg",),
    optional=("why",),
    readers=Readers.PLATFORM,
)
KEY_RETIRED = Event(
    "sso.key.retired",
    N_("The signing key %(subject)s (%(alg)s) was retired"),
    needs=("alg",),
    optional=("why",),
    readers=Readers.PLATFORM,
)
AUTHORIZATION_GIVEN = Event(
    "sso.authorization.given",
    N_("%(actor)s signed in to the application %(subject)s"),
    needs=_AUTHORIZATION,
    optional=("scopes", "grant_type"),
    readers=Readers.PERSON,
)
AUTHORIZATION_ENDED = Event(
    "sso.authorization.ended",
    N_("What the application %(subject)s was allowed has ended"),
    needs=("client_id", "why"),
    optional=("authorization", "authorizations"),
    readers=Readers.PERSON,
)
CONSENT_GIVEN = Event(
    "sso.consent.given",
    N_("%(actor)s allowed the application %(subject)s to see: %(scopes)s"),
    needs=("client_id", "consent", "scopes", "client"),
    readers=Readers.PERSON,
)
CONSENT_WIDENED = Event(
    "sso.consent.widened",
    N_("%(actor)s allowed the application %(subject)s to see more: %(scopes)s"),
    needs=("client_id", "consent", "scopes"),
    readers=Readers.PERSON,
)
CONSENT_WITHDRAWN = Event(
    "sso.consent.withdrawn",
    N_("%(actor)s took back what the application %(subject)s was allowed"),
    needs=("client_id", "consent"),
    optional=("authorizations",),
    readers=Readers.PERSON,
)
CONSENT_ERASED = Event(
    "sso.consent.erased",
    N_("%(actor)s erased what the application %(subject)s was allowed"),
    needs=("client_id", "consent"),
    readers=Readers.PERSON,
)
CODE_REPLAYED = Event(
    "sso.code.replayed",
    N_("A used sign-in code came back from the application %(subject)s, so its access was ended"),
    needs=_AUTHORIZATION,
    optional=("scopes", "grant_type", "why"),
)
REFRESH_REPLAYED = Event(
    "sso.refresh.replayed",
    N_("A used renewal token came back from the application %(subject)s, so its access was ended"),
    needs=_AUTHORIZATION,
    optional=("scopes", "grant_type", "why"),
)
TOKEN_ISSUED = Event(
    "sso.token.issued",
    N_("The application %(subject)s got an access token (%(grant_type)s)"),
    needs=("client_id", "grant_type"),
    optional=("scopes", "authorization", "jti"),
    words={"grant_type": GRANT_TITLES},
    durability=Durability.BEFORE_REPLY,
)
TOKEN_REFRESHED = Event(
    "sso.token.refreshed",
    N_("The application %(subject)s renewed its access token"),
    needs=_AUTHORIZATION,
    optional=("scopes", "grant_type", "jti"),
    durability=Durability.BEFORE_REPLY,
)
TOKEN_REVOKED = Event(
    "sso.token.revoked",
    N_("The application %(subject)s gave a token back"),
    needs=("client_id",),
    optional=("authorization", "jti", "why", "scopes", "grant_type"),
)
LOGOUT_ASKED = Event(
    "sso.logout.asked",
    N_("%(actor)s signed out by way of the application %(subject)s"),
    needs=("client_id",),
    optional=("deliveries",),
    readers=Readers.PERSON,
)
LOGOUT_DELIVERED = Event(
    "sso.logout.delivered",
    N_("The application %(subject)s was told that a sign-in has ended"),
    needs=("client_id", "delivery", "tries"),
)
LOGOUT_GIVEN_UP = Event(
    "sso.logout.given_up",
    N_("The application %(subject)s could not be told that a sign-in has ended"),
    needs=("client_id", "delivery", "tries", "fault"),
)
INITIAL_TOKEN_MADE = Event(
    "sso.initial_token.made",
    N_("%(actor)s made a token with which applications register themselves: %(subject)s"),
    # `owner` is the agency's code, or empty for the platform.
    needs=("token_hash", "owner", "sandbox", "most", "expires_at"),
)
INITIAL_TOKEN_USED = Event(
    "sso.initial_token.used",
    N_("An application registered itself with the token %(subject)s"),
    needs=("client_id",),
)
INITIAL_TOKEN_REVOKED = Event(
    "sso.initial_token.revoked",
    N_("%(actor)s revoked the registration token %(subject)s"),
    needs=("reason",),
)
