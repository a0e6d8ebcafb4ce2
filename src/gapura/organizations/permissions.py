"""Names of what may be done to agencies, units, companies and letters."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions of this room."""

    REGISTER_LETTER = "organizations.letter.register"
    SEE_LETTER = "organizations.letter.see"
    REVOKE_LETTER = "organizations.letter.revoke"
    LOAD_REFERENCE = "organizations.reference.load"
    CLOSE_AGENCY = "organizations.agency.close"
    CLOSE_UNIT = "organizations.unit.close"
    REGISTER_COMPANY = "organizations.company.register"
    LOOK_UP_COMPANY = "organizations.company.look_up"
    FOUND_COMPANY = "organizations.company.found"
    PRUNE_APPLICATIONS = "organizations.application.prune"
    SEE_COMPANY = "organizations.company.see"
    UPDATE_COMPANY = "organizations.company.update"
    RECORD_STANDING = "organizations.standing.record"
    LIFT_STANDING = "organizations.standing.lift"
