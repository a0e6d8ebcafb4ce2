"""What may be done with the activity log, in the words of people."""

from gapura.kernel.texts import N_

LOG_DEEDS = {
    "audit.log.export": N_("Save log entries as a file"),
    "audit.export.fetch": N_("Download a file of log entries"),
    "audit.export.make": N_("Make a file of log entries that was asked for"),
    "audit.view.save": N_("Keep a search of the activity log"),
    "audit.view.share": N_("Share a search of the activity log within one's own agency"),
    "audit.view.change": N_("Change or delete one's own kept search of the activity log"),
    "audit.assignment.list": N_("See the assignments of auditors"),
    "audit.assignment.register": N_("Register the assignment of an auditor"),
    "audit.assignment.confirm": N_("Confirm an assignment that opens other agencies"),
    "audit.assignment.end": N_("End the assignment of an auditor"),
    "audit.receipt.check": N_("Check a receipt against the activity log"),
    "audit.bundle.export": N_("Write the log into a bundle that can be checked elsewhere"),
    "audit.month.archive": N_("Move old months of the log into files and back"),
    "audit.rule.set": N_("Set how long the activity log is kept"),
}
