"""Names of what may be done with access requests and grants."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    DRAFT = "access.request.draft"
    SUBMIT = "access.request.submit"
    SEE = "access.request.see"
    SEE_LETTER = "access.letter.see"
    WITHDRAW = "access.request.withdraw"
    SEE_QUEUE = "access.queue.see"
    CLAIM = "access.request.claim"
    RELEASE = "access.request.release"
    APPROVE = "access.request.approve"
    ASK_CORRECTION = "access.request.ask_correction"
    REJECT = "access.request.reject"
    ESCALATE = "access.request.escalate"
    SEE_OWN = "access.own.see"
    SEE_GRANT = "access.grant.see"
    ISSUE = "access.grant.issue"
    ACTIVATE = "access.grant.activate"
    LAPSE = "access.grant.lapse"
    SUSPEND = "access.grant.suspend"
    RESUME = "access.grant.resume"
    REVOKE = "access.grant.revoke"
