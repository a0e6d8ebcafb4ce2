"""Tables of the OpenID provider: clients, keys, what was allowed and issued, logouts."""

from gapura.sso.models.clients import Client, ClientKeys, ClientSecret
from gapura.sso.models.consents import Consent
from gapura.sso.models.issued import Authorization, Code, Once, Pushed, Refresh, RevokedJti
from gapura.sso.models.keys import SigningKey
from gapura.sso.models.logout import LogoutDelivery
from gapura.sso.models.registration import InitialToken

__all__ = [
    "Authorization",
    "Client",
    "ClientKeys",
    "ClientSecret",
    "Code",
    "Consent",
    "InitialToken",
    "LogoutDelivery",
    "Once",
    "Pushed",
    "Refresh",
    "RevokedJti",
    "SigningKey",
]
