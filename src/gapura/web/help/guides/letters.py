"""Steps about letters and officers, for the guides of those who keep, check and renew them."""

from gapura.kernel.texts import N_
from gapura.web.help.guides.steps import GuideStep

ENTER = GuideStep(
    N_("Enter an appointment letter once, for all its officers"),
    N_("Copy number, dates, signer and roles, and add the scan. Then name the officers one by one "
       "or from a file (CSV or XLSX). A file is looked through first: each faulty line says what "
       "is wrong, and nobody is named before you say go."),
    "/letters",
)  # fmt: skip
CHECK = GuideStep(
    N_("Check a letter that somebody else entered"),
    N_("Compare the scan with what was entered. Nobody checks a letter they entered or are named "
       "in. Once it is checked its officers are told, and each only confirms."),
    "/letters",
)  # fmt: skip
END = GuideStep(
    N_("Replace or revoke a letter"),
    N_("First you see every access that rests on it. All of them end at the same moment, also in "
       "sessions that are open, and the people are told why."),
    "/letters",
)  # fmt: skip
RENEW = GuideStep(
    N_("Renew before access ends"),
    N_("People, unit heads and verifiers are told ahead. The list by letter shows which letters "
       "many rest on: one new letter names the same officers again, without those who left."),
    "/people/expiring?by=letter",
)  # fmt: skip
DELEGATE = GuideStep(
    N_("Delegate your duty while you are away"),
    N_("Choose an officer of your agency and the days. The deputy confirms it, and all they do is "
       "recorded under both names. You can end it at any time."),
    "/requests/delegations",
)  # fmt: skip
OFFBOARD = GuideStep(
    N_("When somebody leaves, end their access in one go"),
    N_("Open the page of the person. You see roles, open requests and orders; once you confirm, "
       "the roles end and the open work goes to those who act in the same role."),
)  # fmt: skip
LOOK_BACK = GuideStep(
    N_("Find out who could act on a past day"),
    N_("Choose role, unit and day. You read who it was, on which letter, and what was known of it "
       "then. The page of a person shows line by line why their role works or does not."),
    "/people/at",
)  # fmt: skip
ENDING = GuideStep(
    N_("See whose access ends soon"),
    N_("You are told ahead, as the officers are. Have a new letter signed in time and hand it to "
       "those who keep the letters of your agency; each officer then only confirms."),
    "/people/expiring",
)  # fmt: skip
REVIEW = GuideStep(
    N_("Confirm the access of your people once a year"),
    N_("In the access review, tick what is still right; you see it once more before it counts. End "
       "what is not, with the reason the person reads. Your own access is confirmed by somebody "
       "else."),
    "/people/reviews",
)  # fmt: skip
OPEN_REVIEW = GuideStep(
    N_("Open the access review of your agency once a year"),
    N_("The heads of the units answer for their people, you where a unit has none and for what is "
       "late. The page shows how far everybody is; the recap is for your auditors."),
    "/people/reviews",
)  # fmt: skip
LEAVING = GuideStep(
    N_("Say at once when somebody leaves or is away"),
    N_("The agency's verifier or administrator ends all access of who leaves in one go, and orders "
       "go on with others. You are told when nobody is left in a role. For some days of absence a "
       "letter names who stands in (Plh)."),
)  # fmt: skip
