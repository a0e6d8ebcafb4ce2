"""Steps of guides about the activity log: searches, timelines, files, assignments."""

from gapura.kernel.texts import N_
from gapura.web.help.guides.steps import GuideStep

SEARCH = GuideStep(
    N_("Follow one person, request, order or letter"),
    N_("Its timeline shows everything that happened to it and what followed. You find the way to "
       "it on its own page and on each log entry. Keep searches that you need again."),
    "/console/log/views",
)  # fmt: skip
SAVE = GuideStep(
    N_("Save entries as a file"),
    N_("Say what you need them for. The file says who made it, when, which search, and up to which "
       "checkpoint the log was proven; its fingerprint stands in the log."),
    "/console/log/exports",
)  # fmt: skip
READ_UNDER = GuideStep(
    N_("Read other agencies under an assignment"),
    N_("Your administrator registers your letter of assignment; the platform confirms other "
       "agencies. From its first to its last day you see what it opens. Each look is recorded with "
       "its number."),
    "/console/log/assignments",
)  # fmt: skip
ASSIGN = GuideStep(
    N_("Register assignments of your auditors"),
    N_("Copy the letter of assignment, add its scan, and say whom it sends where and for which "
       "days. Other agencies open only when the platform administrator confirms it."),
    "/console/log/assignments",
)  # fmt: skip
