"""Names of what may be done to a person's account."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    REGISTER = "accounts.person.register"
    TAKE_RESERVED_NAME = "accounts.username.reserve"
    VERIFY_CONTACT = "accounts.contact.verify"
    CHANGE_CONTACT = "accounts.contact.change"
    CHANGE_PHONE = "accounts.phone.change"
    TELL_OLD_PHONE = "accounts.phone.tell_old"
    SEE_OWN = "accounts.profile.see"
    UPDATE = "accounts.profile.update"
    SEE_IDENTITY = "accounts.identity.see"
    CHECK_IDENTITY = "accounts.identity.check"
    CORRECT_IDENTITY = "accounts.identity.correct"
    SUBMIT_IDENTITY = "accounts.identity.submit"
    VERIFY_IDENTITY = "accounts.identity.verify"
    ASK_CORRECTION = "accounts.identity.ask_correction"
    REQUIRE_REVERIFICATION = "accounts.identity.require_reverification"
    SUSPEND = "accounts.person.suspend"
    REINSTATE = "accounts.person.reinstate"
    CLOSE = "accounts.person.close"
    PRUNE = "accounts.registration.prune"
