"""What the answers to a receipt are called, what they mean, and how they look."""

from gapura.audit.queries import Outcome
from gapura.kernel.texts import N_

TITLES = {
    Outcome.PROVEN: N_("This step stands in the activity log"),
    Outcome.WAITING: N_("This step stands in the activity log; its signature follows"),
    Outcome.UNSEALED: N_("This step was recorded and is being taken into the log"),
    Outcome.UNKNOWN: N_("There is no such step in the activity log"),
    Outcome.ALTERED: N_("This step was changed after it was taken into the log"),
    Outcome.MISSING: N_("This step was taken into the log and is not there any more"),
    Outcome.OTHER_ROOT: N_("The log does not agree with your receipt"),
    Outcome.OTHER_LOG: N_("This proof was not signed by this log"),
    Outcome.NOT_PROVEN: N_("This proof does not hold"),
}
MEANINGS = {
    Outcome.PROVEN: N_(
        "We have just worked out the proof: it leads from this step to a root that the log has "
        "signed. Whoever changes, removes or moves a step would get another root."
    ),
    Outcome.WAITING: N_(
        "It has its place. The log is signed about once a minute: look again in a minute for the "
        "signed proof."
    ),
    Outcome.UNSEALED: N_("This takes a few seconds. Load this page again."),
    Outcome.UNKNOWN: N_(
        "Compare the number with your mail. If it is right and the step is older than a minute, "
        "tell the auditor (APIP) of your agency: a step that was told to you must stand in the log."
    ),
    Outcome.ALTERED: N_(
        "What is stored now is not what was taken into the log. Keep your mail and tell the "
        "auditor (APIP) of your agency."
    ),
    Outcome.MISSING: N_(
        "Its fingerprint is still in the log; what it said was deleted. Keep your mail and tell "
        "the auditor (APIP) of your agency."
    ),
    Outcome.OTHER_ROOT: N_(
        "If you copied number and root exactly, the log was rewritten after your mail. Keep the "
        "mail: it is evidence. Tell the auditor (APIP) of your agency."
    ),
    Outcome.OTHER_LOG: N_(
        "It comes from another system, or it was forged. Ask whoever gave it to you for the "
        "address of the log it belongs to."
    ),
    Outcome.NOT_PROVEN: N_(
        "Its hashes do not lead from the step to the signed root. The file was damaged or forged; "
        "download it again and compare."
    ),
}
# Kinds of the notice that says it.
GOOD, WAIT, BAD = "success", "info", "warning"
TONES = {
    Outcome.PROVEN: GOOD,
    Outcome.WAITING: WAIT,
    Outcome.UNSEALED: WAIT,
    Outcome.UNKNOWN: BAD,
    Outcome.ALTERED: BAD,
    Outcome.MISSING: BAD,
    Outcome.OTHER_ROOT: BAD,
    Outcome.OTHER_LOG: BAD,
    Outcome.NOT_PROVEN: BAD,
}
