"""The words of the contracts, and the bounds of every call; plain data."""

CHANNELS = ("sms", "whatsapp")
FORMS = ("pt", "cv", "ud", "koperasi", "perorangan")
SCALES = ("micro", "small", "medium", "large")
HOLIDAY_KINDS = ("national", "joint_leave")

# A question that changes nothing is asked again once, after a short wait of random length.
TRIES = 2
WAIT_SECONDS = (0.05, 0.25)
# No answer of these services is longer than a page.
ANSWER_BYTES = 64 * 1024
# So many failures one after the other, and we stop asking for a while; each further one doubles it.
FAILURES = 3
LONGEST_PAUSE_SECONDS = 600
# After a pause one caller tries; the others wait at least this long for how it went.
PROBE_SECONDS = 20
# How long a caller waits for a free line, so that slow authorities never hold all page threads.
LINE_SECONDS = 1.0
# How far back the platform's page looks for the last answer and the last failure.
WATCHED_DAYS = 7
# The calendar is asked for each night; older than this, something is wrong.
CALENDAR_OLD_DAYS = 3
# A webhook's receiver answers at once and works afterwards; Standard Webhooks names 15 to 30 s.
POST_SECONDS = 10.0
# Somebody waits before a form while a document of another server is read.
FETCH_SECONDS = 5.0
