"""How long sign-ins, codes, deeds and what is left of them live."""

from datetime import timedelta

SEEN_EVERY = timedelta(minutes=1)
# A sign-in, registration or reset that was begun must be finished within this time.
FLOW_LIFE = timedelta(minutes=30)
# NIST SP 800-63B-4 3.1.3.1 (out-of-band secrets): at most ten minutes.
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODE_DIGITS = 6
# A confirmed deed is carried out at once, by the form that asked for the code.
DEED_LIFE = timedelta(minutes=5)
KEEP_DEEDS = timedelta(days=1)
KEEP_CODES = timedelta(days=1)
KEEP_FLOWS = timedelta(days=1)
KEEP_SESSIONS = timedelta(days=90)
# So long a browser keeps a cookie, and a known device stays known.
KEEP_DEVICES = timedelta(days=400)
DEVICES_PER_PERSON = 50
# Until then a browser shares the bound of wrong codes with all others that are as new.
DEVICE_YOUNG = timedelta(days=7)
KEEP_HOLDS = timedelta(days=2)
# What was typed when a sign-in ended: long enough for the next morning.
KEEP_FORMS = timedelta(hours=24)
FORMS_PER_PERSON = 10
