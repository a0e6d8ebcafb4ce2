"""Things of connected applications for the walk: of two agencies and the platform."""

from collections.abc import Callable
from uuid import UUID, uuid4

from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import ABROAD, HOME
from gapura.ops.seeding.people import acting
from gapura.sso.models import Client, ClientSecret, LogoutDelivery
from gapura.sso.queries import Contract
from gapura.sso.services import make_initial_token, register_client

Things = dict[str, object]
REASON = "Diminta oleh pemiliknya lewat surat."
_OWNERS = {"of the home agency": HOME, "of the agency abroad": ABROAD, "of the platform": ""}


def application(label: str) -> UUID:
    """The one of that label, made when it is first asked for."""
    found = Client.objects.filter(name=label).values_list("id", flat=True).first()
    if found is not None:
        return found
    admin = acting(persona_id("admin"), "admin_platform")
    metadata = {
        "client_name": label,
        "redirect_uris": ["https://app.contoh.go.id/callback"],
        "scope": "openid profile",
        "backchannel_logout_uri": "https://app.contoh.go.id/logout",
    }
    contract = Contract(agency=_OWNERS[label])
    return register_client(actor=admin, metadata=metadata, contract=contract).id


def _applications() -> Things:
    return {label: application(label) for label in _OWNERS}


def _secrets() -> Things:
    """Of the home agency's application."""
    rows = ClientSecret.objects.filter(client=application("of the home agency"))
    return {"that works": rows.values_list("id", flat=True).latest("made_at")}


def _logouts() -> Things:
    """A message to the home agency's application that was given up."""
    now = clock.now()
    row, _made = LogoutDelivery.objects.get_or_create(
        client_id=application("of the home agency"),
        defaults={
            "person": uuid4(),
            "session": uuid4(),
            "sid": "walk",
            "subject": "walk",
            "why": "signed_out",
            "made_at": now,
            "dead_at": now,
            "fault": "timeout",
        },
    )
    return {"given up": row.id}


def _tokens() -> Things:
    admin = acting(persona_id("admin"), "admin_platform")
    return {"that works": make_initial_token(actor=admin, name="Vendor", days=30).id}


MAKERS: dict[str, Callable[[], Things]] = {
    "app_id": _applications,
    "secret_id": _secrets,
    "logout_id": _logouts,
    "initial_id": _tokens,
}
FORMS: dict[str, dict[str, object]] = {
    "client-new": {
        "client_name": "Aplikasi baru",
        "redirect_uris": "https://baru.contoh.go.id/callback",
        "profile": "standard",
        "grant_types": "authorization_code",
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": "openid",
        "least_acr": "1",
        "id_token_signed_response_alg": "ES256",
    },
    "client-change": {
        "client_name": "Aplikasi yang diubah",
        "redirect_uris": "https://baru.contoh.go.id/callback",
        "profile": "standard",
        "grant_types": "authorization_code",
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": "openid",
        "least_acr": "1",
        "id_token_signed_response_alg": "ES256",
    },
    "client-suspend": {"suspend-reason": REASON},
    "client-restore": {"restore-reason": REASON},
    "client-close": {"close-reason": REASON},
    "client-secret-add": {"secret-overlap_days": "7"},
    "client-tokens": {"name": "Vendor", "days": "30", "most": "2"},
    "client-token-revoke": {"reason": REASON},
}
