"""What can be asked of the log."""

from enum import StrEnum


class Can(StrEnum):
    """The permissions of this room."""

    EXPLORE = "audit.log.explore"
    EXPLORE_OWN = "audit.log.explore_own"
    SHOW = "audit.entry.show"
    ERASE = "audit.person.erase"
    CHECK_RECEIPT = "audit.receipt.check"
    EXPORT = "audit.log.export"
    FETCH = "audit.export.fetch"
    MAKE_EXPORT = "audit.export.make"
    SAVE_VIEW = "audit.view.save"
    SHARE_VIEW = "audit.view.share"
    CHANGE_VIEW = "audit.view.change"
    LIST_ASSIGNMENTS = "audit.assignment.list"
    ASSIGN = "audit.assignment.register"
    CONFIRM_ASSIGNMENT = "audit.assignment.confirm"
    END_ASSIGNMENT = "audit.assignment.end"
    ARCHIVE = "audit.month.archive"
    SET_RULE = "audit.rule.set"
    BUNDLE = "audit.bundle.export"
