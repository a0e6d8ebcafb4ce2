"""Why a browser's session is over, for whoever still holds its cookie."""

from dataclasses import dataclass
from uuid import UUID

from gapura.access.queries import active_grants
from gapura.accounts.queries import person_by_id
from gapura.authentication.models import Session
from gapura.authentication.queries.rules import population_of
from gapura.authentication.queries.sessions import life_of
from gapura.authentication.rules import KEEP_FORMS, NO_ENTRY
from gapura.authentication.tokens import token_hash
from gapura.kernel import clock
from gapura.kernel.actor import Actor

# The session was left too long, or in use too long: nobody ended it.
BY_TIME = frozenset({"idle", "too_old"})


@dataclass(frozen=True, slots=True)
class Ending:
    """How a signed-in session ended: `why` is a reason of `services`, or one of BY_TIME.

    `minutes` is the idle limit that held for it, `hours` the one in all.
    """

    person: UUID
    session: UUID
    why: str
    minutes: int
    hours: int

    @property
    def by_time(self) -> bool:
        """Nobody ended it, so what was typed meanwhile is worth keeping."""
        return self.why in BY_TIME


def ending_of(token: str) -> Ending | None:
    """What became of the session of a cookie; None where it tells nothing.

    None also for what was never signed in, and for what ended more than a day ago: an old cookie
    that was found somewhere learns nothing here.
    """
    now = clock.now()
    row = Session.objects.filter(
        token_hash=token_hash(token), acr__gt=0, last_seen_at__gt=now - KEEP_FORMS
    ).first()
    if row is None or row.person_id is None or row.signed_in_at is None:
        return None
    person = person_by_id(row.person_id)
    life = life_of(population_of(Actor(grants=active_grants(row.person_id, now))))
    why = row.end_reason if row.ended_at else ""
    if person.state in NO_ENTRY:
        why = person.state
    elif not why:
        why = "idle" if now - row.last_seen_at >= life.idle else "too_old"
    minutes, hours = (int(part.total_seconds()) for part in (life.idle, life.absolute))
    return Ending(row.person_id, row.id, why, minutes // 60, hours // 3600)
