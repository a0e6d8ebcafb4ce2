"""What two administrators do to an account in danger, by the name of the act."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from gapura.accounts.queries import person_by_id
from gapura.accounts.services import suspend_person
from gapura.authentication import events
from gapura.authentication.models import Suspicion
from gapura.authentication.services.locks import lock_account
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.password_duties import require_change
from gapura.authentication.services.sessions import SECURITY_PAGE, end_all, note
from gapura.kernel import clock
from gapura.kernel.actor import Actor

BY_DESK = "desk"


def carry_out(actor: Actor, row: Suspicion) -> None:
    """Do what was proposed; the owner is told. Each act asks its own rule, with `row` as ground.

    :raises Refused: for the one who proposed it, and where the act itself is not the actor's.
    :raises NoPassword: there is none to replace. :raises NoSuchMove: suspended already.
    """
    _REMEDIES[row.action](actor, row)


def throw_out(row: Suspicion) -> int:
    """End all sessions of the person and tell the owner; answers how many. Rights: the caller's."""
    ended = end_all(row.person_id, BY_DESK)
    mail = "authentication/mail/sessions_ended.txt"
    tell_all_channels(row.person_id, mail, {"at": clock.now()}, link=SECURITY_PAGE)
    return ended


def _end_sessions(actor: Actor, row: Suspicion) -> None:
    ended, person = throw_out(row), person_by_id(row.person_id)
    note(actor, events.SESSION_ENDED, person, sessions=ended, reason=BY_DESK)


def _lock(actor: Actor, row: Suspicion) -> None:
    lock_account(actor=actor, person=row.person_id, why="desk", reason=row.reason, ground=row)


def _new_password(actor: Actor, row: Suspicion) -> None:
    """Whoever is inside goes, even when a new password was demanded before."""
    require_change(actor=actor, person=row.person_id, why="compromised", ground=row)
    end_all(row.person_id, BY_DESK)


def _suspend(actor: Actor, row: Suspicion) -> None:
    suspend_person(actor=actor, person_id=row.person_id, reason=row.reason)
    end_all(row.person_id, BY_DESK)


_REMEDIES: Mapping[str, Callable[[Actor, Suspicion], None]] = MappingProxyType(
    {
        "end_sessions": _end_sessions,
        "lock": _lock,
        "new_password": _new_password,
        "suspend": _suspend,
    }
)
