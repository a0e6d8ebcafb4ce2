"""The authenticator app on somebody's phone: each code is used once, as the server demands."""

import time

from gapura.authentication.methods import totp


class Phone:
    """Shows the next code that was not used yet, and waits when there is none."""

    def __init__(self, secret: str) -> None:
        self._secret = "".join(secret.split())
        self._last = 0

    def code(self) -> str:
        """A code that the server takes now; two at once, then one each half minute."""
        step = max(self._last + 1, totp.step_now())
        while step > totp.step_now() + totp.DRIFT:
            time.sleep(0.5)
        self._last = step
        return totp.code_at(self._secret, step)
