"""Names of what may be done to agencies, units, companies and letters."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    REGISTER_LETTER = "organizations.letter.register"
    SEE_LETTER = "organizations.letter.see"
    REVOKE_LETTER = "organizations.letter.revoke"
    LIST_LETTERS = "organizations.letter.list"
    ENTER_LETTER = "organizations.letter.enter"
    CHECK_LETTER = "organizations.letter.check"
    WITHDRAW_LETTER = "organizations.letter.withdraw"
    LOAD_REFERENCE = "organizations.reference.load"
    CLOSE_AGENCY = "organizations.agency.close"
    CLOSE_UNIT = "organizations.unit.close"
    DESCRIBE_UNIT = "organizations.unit.describe"
    REGISTER_COMPANY = "organizations.company.register"
    LOOK_UP_COMPANY = "organizations.company.look_up"
    FOUND_COMPANY = "organizations.company.found"
    PRUNE_APPLICATIONS = "organizations.application.prune"
    SEE_COMPANY = "organizations.company.see"
    UPDATE_COMPANY = "organizations.company.update"
    RECORD_STANDING = "organizations.standing.record"
    LIFT_STANDING = "organizations.standing.lift"
    SEE_STANDING = "organizations.standing.see"
    NOTE_DIFFERENCE = "organizations.difference.note"
    ADOPT_DIFFERENCE = "organizations.difference.adopt"
