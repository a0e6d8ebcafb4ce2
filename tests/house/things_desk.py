"""Things of the security desk for the walk: suspicions and locks, of different agencies."""

from collections.abc import Callable
from uuid import UUID

from gapura.audit.models import LogEvent
from gapura.authentication.models import AccountLock, Suspicion
from gapura.authentication.services import propose_action
from gapura.authentication.services.suspicions import Sign, suspect
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.people import acting

Things = dict[str, object]
REASON = "Pemilik akun tidak mengenali perangkat ini."
_DETECTION = system_actor("detection")


def suspected(username: str) -> UUID:
    """An open suspicion about a persona, whatever the log says of them for evidence."""
    person = persona_id(username)
    entry = LogEvent.objects.filter(person=person).latest("id").id
    suspect(actor=_DETECTION, sign=Sign("disavowed", person, (entry,)))
    return Suspicion.objects.get(person=person, state__in=("open", "proposed")).id


def _suspicions() -> Things:
    proposed = suspected("pp")
    by = acting(persona_id("admin_instansi"), "admin_instansi")
    propose_action(actor=by, suspicion_id=proposed, action="end_sessions", reason=REASON)
    return {
        "about ppk": suspected("ppk"),
        "about pp, proposed by admin_instansi": proposed,
        "about luar": suspected("luar"),
        "about warga": suspected("warga"),
    }


def locked(username: str) -> UUID:
    """A lock of the desk. The persona's sessions go on: the walk still needs them."""
    person, now = persona_id(username), clock.now()
    lock = AccountLock(person_id=person, why="desk", reason=REASON, locked_at=now)
    lock.save()
    return lock.id


MAKERS: dict[str, Callable[[], Things]] = {
    "suspicion_id": _suspicions,
    "lock_id": lambda: {"of pa": locked("pa"), "of penyedia": locked("penyedia")},
}
FORMS: dict[str, dict[str, object]] = {
    "suspicion-propose": {"propose-action": "end_sessions", "propose-reason": REASON},
    "suspicion-decline": {"decline-reason": REASON},
    "suspicion-dismiss": {"dismiss-reason": REASON},
    "suspicion-cut": {"cut-reason": REASON},
    "lock-ask": {"lift-reason": REASON},
    "lock-keep": {"keep-reason": REASON},
}
