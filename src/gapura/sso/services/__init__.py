"""Writes of the OpenID provider; one file a noun."""

from gapura.sso.protocol.authorize import Answer, Need
from gapura.sso.protocol.logout import LogoutAsked, back_to
from gapura.sso.protocol.parameters import form
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.redirects import origin_of
from gapura.sso.services.authorizing import allow_client, authorize_client, deny_client
from gapura.sso.services.client_keys import refresh_due_keys, refresh_keys
from gapura.sso.services.client_states import close_client, restore_client, suspend_client
from gapura.sso.services.clients import Registered, change_client, register_client, set_logo
from gapura.sso.services.consents import give_consent, withdraw_consent
from gapura.sso.services.delivering import deliver_logout, queue_due_logouts, resend_logout
from gapura.sso.services.keys import ensure_keys, retire_key, rotate_keys, tend_keys
from gapura.sso.services.logout import is_about_another, read_logout, sign_out_from
from gapura.sso.services.outcomes import Application, Leave, Stop
from gapura.sso.services.registration import (
    Told,
    delete_registration,
    read_registration,
    register_itself,
    update_registration,
)
from gapura.sso.services.secrets import NewSecret, add_secret, end_secret
from gapura.sso.services.tidying import Tidied, tidy
from gapura.sso.services.tokens import (
    NewInitialToken,
    make_initial_token,
    revoke_initial_token,
)

__all__ = [
    "Answer",
    "Application",
    "Leave",
    "LogoutAsked",
    "Need",
    "NewInitialToken",
    "NewSecret",
    "OAuthProblem",
    "Registered",
    "Stop",
    "Tidied",
    "Told",
    "add_secret",
    "allow_client",
    "authorize_client",
    "back_to",
    "change_client",
    "close_client",
    "delete_registration",
    "deliver_logout",
    "deny_client",
    "end_secret",
    "ensure_keys",
    "form",
    "give_consent",
    "is_about_another",
    "make_initial_token",
    "origin_of",
    "queue_due_logouts",
    "read_logout",
    "read_registration",
    "refresh_due_keys",
    "refresh_keys",
    "register_client",
    "register_itself",
    "resend_logout",
    "restore_client",
    "retire_key",
    "revoke_initial_token",
    "rotate_keys",
    "set_logo",
    "sign_out_from",
    "suspend_client",
    "tend_keys",
    "tidy",
    "update_registration",
    "withdraw_consent",
]
