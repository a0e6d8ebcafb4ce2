"""Browsers that a person has signed in with: known by a cookie that says nothing else."""

from dataclasses import dataclass
from uuid import UUID

from gapura.authentication.models import Device, Session
from gapura.authentication.rules import DEVICES_PER_PERSON, KEEP_DEVICES, device_name, network
from gapura.authentication.tokens import new_token, token_hash
from gapura.kernel import clock
from gapura.kernel.actor import Actor

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The device of a finished sign-in; `token` is a new cookie's value where there was none."""

    id: UUID
    is_new: bool
    token: str


def known_device(person: UUID | None, actor: Actor) -> UUID | None:
    """The row of this browser, when this person has signed in with it in the last 400 days.

    For nobody as much is asked as for somebody: the time must not tell who has an account.
    """
    hashed = actor.facts.get("device")
    if not hashed:
        return None
    since = clock.now() - KEEP_DEVICES
    rows = Device.objects.filter(
        token_hash=hashed, person=person or _NOBODY, forgotten_at__isnull=True
    )
    return rows.filter(last_seen_at__gt=since).values_list("id", flat=True).first()


def remember(actor: Actor, person: UUID, device: UUID | None) -> Remembered:
    """The known `device` of a finished sign-in, or one that is known from now on.

    When the known one was seen is noted with its session.
    A cookie that another person has got here, on a computer that several share, is used for this
    one too. What we never gave out is replaced.
    """
    if device is not None:
        return Remembered(device, False, "")
    now, is_new = clock.now(), _is_new(actor, person)
    hashed, token = str(actor.facts.get("device", "")), ""
    if not hashed or not Device.objects.filter(token_hash=hashed).exists():
        token = new_token()
        hashed = token_hash(token)
    row, _ = Device.objects.update_or_create(
        token_hash=hashed,
        person_id=person,
        defaults={"first_seen_at": now, "last_seen_at": now, "forgotten_at": None},
    )
    _forget_surplus(person)
    return Remembered(row.id, is_new, token)


def forget_device(device: UUID | None) -> None:
    """From now on this browser is a stranger's again."""
    if device is not None:
        Device.objects.filter(pk=device).update(forgotten_at=clock.now())


def knows_network(person: UUID, ip: str | None) -> bool:
    """This person has signed in from the neighborhood of this address before."""
    return bool(ip) and any(near == network(ip) for _, near in _signed_in_from(person))


def _is_new(actor: Actor, person: UUID) -> bool:
    """Worth a notice: never for the first sign-in of all.

    For people whose devices have no cookie yet, browser and network tell.
    """
    seen = _signed_in_from(person)
    if not seen:
        return False
    if Device.objects.filter(person=person).exists():
        return True
    return (device_name(actor.user_agent), network(actor.ip)) not in seen


def _signed_in_from(person: UUID) -> set[tuple[str, str]]:
    """Browser and network of the last 50 sign-ins."""
    rows = Session.objects.filter(person=person, signed_in_at__isnull=False)
    newest_first = rows.order_by("-signed_in_at").values_list("user_agent", "ip")
    return {(device_name(agent), network(ip)) for agent, ip in newest_first[:50]}


def _forget_surplus(person: UUID) -> None:
    """The ones seen longest ago; who makes a browser forget cookies must not fill the table."""
    known = Device.objects.filter(person=person).order_by("-last_seen_at")
    surplus = list(known.values_list("pk", flat=True)[DEVICES_PER_PERSON:])
    if surplus:
        Device.objects.filter(pk__in=surplus).delete()
