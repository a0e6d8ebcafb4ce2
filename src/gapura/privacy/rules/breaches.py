"""The register of breaches as data: what is typed, and by which ways the people are found."""

from gapura.kernel.texts import N_

LEAST, MOST = 10, 2000
LONGEST_REASON, LONGEST_NUMBER = 1000, 100
TEXTS = ("what", "what_en", "how", "how_en", "measures", "measures_en")

CLIENT, SESSION, HELD, EVENT = "client", "session", "held", "event"
WAYS = {
    CLIENT: N_("Everybody who used a connected application"),
    SESSION: N_("Whoever a sign-in belongs to"),
    HELD: N_("Everybody of whom a class of data is held"),
    EVENT: N_("Everybody whom entries of the log are about"),
}
# How many are told in one run of the job; each mail then leaves at the relay's pace.
PEOPLE_A_RUN = 500
