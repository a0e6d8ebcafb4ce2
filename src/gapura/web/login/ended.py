"""Why the sign-in of this browser is over, said above the form for the next one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from gapura.authentication.queries import ending_of
from gapura.kernel.texts import N_
from gapura.web.shell.display import tr


@dataclass(frozen=True, slots=True)
class Ended:
    """What happened and what to do, in the person's language."""

    title: str
    what: str
    todo: str
    by_time: bool


_ENDED = N_("Your sign-in has ended")
_AGAIN = N_("Sign in again below.")
_NOT_YOU = N_("Sign in again below. If it was not you, choose a new password.")
# Reason: what happened, what to do.
STORIES: Mapping[str, tuple[str, str]] = {
    "idle": (
        N_("No page was opened or sent for %(minutes)s minutes, so the sign-in ended by itself."),
        N_("Sign in again below. A form that you send later is kept for you until tomorrow."),
    ),
    "too_old": (
        N_("A sign-in lasts at most %(hours)s hours, so it ended by itself."),
        N_("Sign in again below. A form that you send later is kept for you until tomorrow."),
    ),
    "ended_by_owner": (N_("It was ended on another device of yours."), _NOT_YOU),
    "signed_out_everywhere": (N_("You signed out on all devices."), _NOT_YOU),
    "password_changed": (
        N_("The password of the account was changed on another device."),
        _NOT_YOU,
    ),
    "password_reset": (
        N_("A new password was chosen with “Forgot password”, which ends every sign-in."),
        _NOT_YOU,
    ),
    "too_many": (
        N_("You signed in on more devices than may be open at once. The oldest sign-in ended."),
        _AGAIN,
    ),
    "locked": (
        N_("Your account was locked for safety. The mail we sent says why."),
        N_("Choose a new password with “Forgot password”, or contact the administrator."),
    ),
    "desk": (
        N_("Administrators saw signs of a stranger in your account and ended all its sign-ins."),
        N_("Sign in again below, then look at your security page."),
    ),
    "suspended": (
        N_("Your account was suspended. The mail we sent says why and by whom."),
        N_("Answer as the mail says, or contact the administrator."),
    ),
    "closed": (
        N_("Your account was closed and cannot be used any more."),
        N_("If that is a mistake, contact the administrator."),
    ),
}
_UNKNOWN = (
    N_("It ended on this device a while ago, or it was never finished."),
    _AGAIN,
)


def how_it_ended(token: str) -> Ended:
    """What became of the sign-in with this cookie; little, where the cookie tells nothing."""
    ending = ending_of(token)
    what, todo = STORIES.get(ending.why, _UNKNOWN) if ending else _UNKNOWN
    values = {"minutes": ending.minutes, "hours": ending.hours} if ending else {}
    by_time = ending is not None and ending.by_time
    return Ended(gettext(_ENDED), tr(what, **values), tr(todo), by_time)
