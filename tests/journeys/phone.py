"""The authenticator app on somebody's phone: each code is used once, as the server demands."""

from collections.abc import Callable

from gapura.authentication.methods import totp


class Phone:
    """Shows the next code that was not used yet; `wait` is called when there is none.

    Somebody would wait half a minute for it: `Stage.forget_codes` is as good and takes no time.
    """

    def __init__(self, secret: str, wait: Callable[[], None]) -> None:
        self._secret, self._wait = "".join(secret.split()), wait
        self._last = 0

    def code(self) -> str:
        """A code that the server takes now."""
        step = max(self._last + 1, totp.step_now())
        if step > totp.step_now() + totp.DRIFT:
            self._wait()
            step = totp.step_now()
        self._last = step
        return totp.code_at(self._secret, step)
