"""How many passkeys a person has, how long a challenge lives, how often one is asked for."""

from datetime import timedelta

from gapura.kernel.throttle import Limit

PASSKEYS_MOST = 10
# As long as browsers wait for a passkey by themselves (WebAuthn Level 3, 15.1).
PASSKEY_CHALLENGE_LIFE = timedelta(minutes=5)
# Sign-in pages ask for one each by themselves; a whole office may share an address.
PASSKEY_CHALLENGES = Limit("passkey.challenges", 600, 300)
# Nobody guesses a signature; this bounds how fast an address can fill the log.
PASSKEY_FAILURES = Limit("passkey.failures", 60, 300)
