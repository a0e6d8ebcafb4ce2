"""Signing keys: made where they are missing, taking turns, retired; nobody has to remember it."""

import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.db import connection, transaction

from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.sso import events
from gapura.sso.errors import NoSuchKey, StillSigning
from gapura.sso.key_times import may_go, needs_successor, signs_from
from gapura.sso.marks import key_mark
from gapura.sso.models import SigningKey
from gapura.sso.permissions import Can
from gapura.sso.protocol.jose import SigningKey as Pair
from gapura.sso.protocol.jose import thumbprint
from gapura.sso.states import CURRENT, KEY, NEXT, PAST, RETIRED

# NIST SP 800-57 part 1, table 4: as strong as the 112 bits that hold until 2030, and as every
# library reads them; a larger one takes five times as long for each token.
RSA_BITS = 2048
_LEAKED = "at_once"
_TURNS = "SELECT pg_advisory_xact_lock(hashtext('sso_signing_keys'))"

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def _rsa() -> Private:
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


def _ec() -> Private:
    return ec.generate_private_key(ec.SECP256R1())


MAKERS: Mapping[str, Callable[[], Private]] = MappingProxyType(
    {"ES256": _ec, "PS256": _rsa, "RS256": _rsa}
)


def ensure_keys(*, actor: Actor) -> int:
    """Make the keys without which nothing can be signed; answers how many. One query when none is.

    Any number of processes may ask at once: one makes them, the others wait and find them.

    :raises Refused: for others than the platform's administrators and the system.
    """
    require(actor, Can.MAKE_KEY)
    if not _unsigned():
        return 0
    with transaction.atomic():
        _take_turns()
        missing = _unsigned()
        for alg in missing:
            _promote(actor, _of(alg, NEXT) or _make(actor, alg), why="first")
        return len(missing)


def tend_keys(*, actor: Actor) -> int:
    """Do what time asks for: publish successors, let them sign, retire what is over.

    A key is published a day before it signs and a day after it did, so that no client meets one
    that it cannot have read. Answers how many keys moved.

    :raises Refused: for others than the platform's administrators and the system.
    """
    require(actor, Can.ROTATE_KEY)
    moved = ensure_keys(actor=actor)
    with transaction.atomic():
        _take_turns()
        now = clock.now()
        moved += sum(_tend(actor, alg, now) for alg in MAKERS)
        moved += _retire_old(actor, now)
    return moved


def rotate_keys(*, actor: Actor, alg: str = "", at_once: bool = False, why: str = "") -> int:
    """Begin a rotation of one algorithm or of all; answers how many keys were made or moved.

    The new key signs after a day (`tend_keys`). `at_once`, for a key that leaked, lets it sign now:
    clients that remember the key set have to read it again when they meet it. `retire_key` then
    takes the old one out.

    :raises Refused: for others than the platform's administrators and the system.
    :raises NoSuchKey: there is no such algorithm.
    """
    require(actor, Can.ROTATE_KEY)
    if alg and alg not in MAKERS:
        raise NoSuchKey()
    with transaction.atomic():
        _take_turns()
        return sum(_rotate(actor, one, at_once, why) for one in ([alg] if alg else MAKERS))


def retire_key(*, actor: Actor, kid: str, why: str = "") -> None:
    """Take a key out at once: what it signed is refused from now on, its private half is gone.

    :raises Refused: for others than the platform's administrators and the system.
    :raises NoSuchKey: not there, or retired. :raises StillSigning: rotate first.
    """
    require(actor, Can.RETIRE_KEY)
    with transaction.atomic():
        _take_turns()
        key = SigningKey.objects.filter(kid=kid).exclude(state=RETIRED).first()
        if key is None:
            raise NoSuchKey()
        if key.state == CURRENT:
            raise StillSigning()
        _retire(actor, key, why)


def _take_turns() -> None:
    """Whoever changes keys waits for the other who does, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS)


def _unsigned() -> list[str]:
    signing = SigningKey.objects.filter(state=CURRENT).values_list("alg", flat=True)
    return sorted(set(MAKERS) - set(signing))


def _of(alg: str, state: str) -> SigningKey | None:
    return SigningKey.objects.filter(alg=alg, state=state).first()


def _tend(actor: Actor, alg: str, now: datetime) -> int:
    following, current = _of(alg, NEXT), _of(alg, CURRENT)
    if following is not None:
        if signs_from(following.made_at) > now:
            return 0
        _promote(actor, following, why="turn")
        return 1
    if current and current.signs_from and needs_successor(current.signs_from, now):
        _make(actor, alg)
        return 1
    return 0


def _rotate(actor: Actor, alg: str, at_once: bool, why: str) -> int:
    following = _of(alg, NEXT)
    made = following is None
    following = following or _make(actor, alg)
    if at_once:
        _promote(actor, following, why=why or _LEAKED)
    return int(made or at_once)


def _make(actor: Actor, alg: str) -> SigningKey:
    private = MAKERS[alg]()
    # The name is the thumbprint of what is published, so it must be known before it is named.
    members = Pair.of(private, kid="unnamed", algorithm=alg).public.published()
    # With a letter first: people give it to a command, where a "-" begins an option.
    kid = f"{alg.lower()}-{thumbprint(members)}"
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    key = SigningKey.objects.create(
        kid=kid,
        alg=alg,
        public={**members, "kid": kid},
        private=base64.b64encode(der).decode(),
        made_at=clock.now(),
    )
    facts = {"alg": alg, "public": key_mark(key.id)}
    record(actor, events.KEY_MADE, _subject(key), facts=facts, after={"state": key.state})
    return key


def _promote(actor: Actor, key: SigningKey, *, why: str) -> None:
    now = clock.now()
    if (former := _of(key.alg, CURRENT)) is not None:
        move(KEY, former, "relieve", signed_until=now)
        _note(actor, events.KEY_ROTATED, former, CURRENT, why)
    move(KEY, key, "promote", signs_from=now)
    _note(actor, events.KEY_ROTATED, key, NEXT, why)


def _retire_old(actor: Actor, now: datetime) -> int:
    past = SigningKey.objects.filter(state=PAST, signed_until__isnull=False)
    over = [key for key in past if key.signed_until and may_go(key.signed_until, now)]
    for key in over:
        _retire(actor, key, "turn")
    return len(over)


def _retire(actor: Actor, key: SigningKey, why: str) -> None:
    before = key.state
    move(KEY, key, "retire", private=None, retired_at=clock.now())
    _note(actor, events.KEY_RETIRED, key, before, why)


def _note(actor: Actor, event: Event, key: SigningKey, before: str, why: str) -> None:
    facts = {"alg": key.alg} | ({"why": why} if why else {})
    was, now = {"state": before}, {"state": key.state}
    record(actor, event, _subject(key), facts=facts, before=was, after=now)


def _subject(key: SigningKey) -> Subject:
    return Subject("key", str(key.id), key.kid)
