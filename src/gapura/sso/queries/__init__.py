"""Reads of the OpenID provider."""

from gapura.sso.flaws import Flawed
from gapura.sso.protocol.records import Profile
from gapura.sso.protocol.scopes import CLAIMS, SCOPES
from gapura.sso.queries.client import ClientView, client_for, client_named, logo_of
from gapura.sso.queries.clients import ClientPage, ClientRow, clients_for
from gapura.sso.queries.concerned import people_of_client as people_of_client
from gapura.sso.queries.consents import ApplicationView, applications_of, signed_on_with
from gapura.sso.queries.initial_tokens import InitialTokenView, initial_tokens_for
from gapura.sso.queries.keys import KeyView, keys_of, ring
from gapura.sso.rules import (
    AUTH_METHODS,
    GRANT_TYPES,
    OVERLAPS,
    PROFILES,
    REASON_LEAST,
    REASON_MOST,
    TOKEN_DAYS_MOST,
    TOKEN_USES_MOST,
    USUAL_OVERLAP,
    WAYS,
    WITH_SECRET,
    Contract,
)
from gapura.sso.states import CLIENT

__all__ = [
    "AUTH_METHODS",
    "CLAIMS",
    "CLIENT",
    "GRANT_TYPES",
    "OVERLAPS",
    "PROFILES",
    "REASON_LEAST",
    "REASON_MOST",
    "SCOPES",
    "TOKEN_DAYS_MOST",
    "TOKEN_USES_MOST",
    "USUAL_OVERLAP",
    "WAYS",
    "WITH_SECRET",
    "ApplicationView",
    "ClientPage",
    "ClientRow",
    "ClientView",
    "Contract",
    "Flawed",
    "InitialTokenView",
    "KeyView",
    "Profile",
    "applications_of",
    "client_for",
    "client_named",
    "clients_for",
    "initial_tokens_for",
    "keys_of",
    "logo_of",
    "ring",
    "signed_on_with",
]
