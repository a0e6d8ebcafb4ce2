"""What can be asked of clients, their secrets, signing keys, and of what people allowed them."""

from enum import StrEnum


class Can(StrEnum):
    """The permissions of this room."""

    LIST_CLIENTS = "sso.client.list"
    SEE_CLIENT = "sso.client.see"
    REGISTER_CLIENT = "sso.client.register"
    CHANGE_CLIENT = "sso.client.change"
    SUSPEND_CLIENT = "sso.client.suspend"
    RESTORE_CLIENT = "sso.client.restore"
    CLOSE_CLIENT = "sso.client.close"
    ROTATE_SECRET = "sso.client.rotate_secret"  # noqa: S105 - a permission's name
    FETCH_KEYS = "sso.client.fetch_keys"
    LIST_INITIAL_TOKENS = "sso.initial_token.list"
    MAKE_INITIAL_TOKEN = "sso.initial_token.make"  # noqa: S105 - a permission's name
    USE_INITIAL_TOKEN = "sso.initial_token.use"  # noqa: S105 - a permission's name
    REVOKE_INITIAL_TOKEN = "sso.initial_token.revoke"  # noqa: S105 - a permission's name
    SEE_KEYS = "sso.key.see"
    MAKE_KEY = "sso.key.make"
    ROTATE_KEY = "sso.key.rotate"
    RETIRE_KEY = "sso.key.retire"
    GIVE_AUTHORIZATION = "sso.authorization.give"
    END_AUTHORIZATION = "sso.authorization.end"
    GIVE_CONSENT = "sso.consent.give"
    SEE_OWN_CONSENTS = "sso.consent.see_own"
    WITHDRAW_CONSENT = "sso.consent.withdraw"
    ASK_LOGOUT = "sso.logout.ask"
    DELIVER_LOGOUT = "sso.logout.deliver"
    SEE_LOGOUTS = "sso.logout.see"
    TIDY = "sso.storage.tidy"
