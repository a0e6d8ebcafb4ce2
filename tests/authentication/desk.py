"""The security desk for tests: administrators, suspicions, and entries of the log as evidence."""

from uuid import UUID

from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.authentication import services
from gapura.authentication.models import AccountLock, Suspicion
from gapura.authentication.services.suspicions import Sign, suspect
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from tests.authentication.world import Browser, person

DETECTION = system_actor("detection")
REASON = "Dua negara dalam satu jam, dan pemilik tidak mengangkat telepon."


def admin(role: str = "admin_platform", agency: str = "", acr: int = 2, **grant: str) -> Actor:
    """Somebody with a password of their own, acting under the role."""
    return acting(person(), role, agency, acr, **grant)


def acting(who: Person, role: str, agency: str = "", acr: int = 2, **grant: str) -> Actor:
    """The person under a role that nobody checked."""
    held = ActiveGrant(id=uuid7(), role=role, agency=agency, **grant)  # type: ignore[arg-type]
    return Actor(
        person=who.id,
        username=who.username,
        name=who.name,
        state="verified",
        grant=held,
        grants=(held,),
        acr=acr,
        ip="203.0.113.50",
    )


def entry_of(someone: Person, name: str = "authentication.session.signed_in") -> UUID:
    """The newest entry of that name about somebody."""
    return LogEvent.objects.filter(name=name, person=someone.id).latest("id").id


def suspicion(someone: Person, rule: str = "disavowed") -> Suspicion:
    """An open suspicion with the person's newest sign-in as its evidence."""
    if not LogEvent.objects.filter(person=someone.id).exists():
        Browser().sign_in(someone)
    suspect(actor=DETECTION, sign=Sign(rule, someone.id, (entry_of(someone),)))
    return Suspicion.objects.select_related("person").get(person=someone)


def proposed(someone: Person, by: Actor, action: str = "lock") -> Suspicion:
    """A suspicion on which somebody proposed an act."""
    row = suspicion(someone)
    services.propose_action(actor=by, suspicion_id=row.id, action=action, reason=REASON)
    row.refresh_from_db()
    return row


def locked(someone: Person, one: Actor, other: Actor) -> AccountLock:
    """An account that two administrators have locked."""
    row = proposed(someone, one)
    services.agree_action(actor=other, suspicion_id=row.id)
    return AccountLock.objects.get(person=someone, lifted_at__isnull=True)
