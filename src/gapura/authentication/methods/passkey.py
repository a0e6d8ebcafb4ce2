"""Passkeys as rows: who has which, challenges that are used once, counters that never go back."""

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from gapura.authentication.errors import PasskeyTaken
from gapura.authentication.methods.ceremony import NewKey, Use
from gapura.authentication.methods.relying_party import CHALLENGE_BYTES, descriptor
from gapura.authentication.models import Passkey, PasskeyChallenge, Password
from gapura.authentication.rules import PASSKEY_CHALLENGE_LIFE
from gapura.kernel import clock


def of_person(person: UUID) -> QuerySet[Passkey]:
    """All passkeys of a person, oldest first, also those that were copied."""
    return Passkey.objects.filter(person=person).order_by("created_at", "id")


def working(person: UUID) -> QuerySet[Passkey]:
    """The passkeys that a person can sign in with."""
    return of_person(person).filter(cloned_at__isnull=True)


def by_credential(credential_id: bytes) -> Passkey | None:
    """The passkey with this id, whoever's it is."""
    return Passkey.objects.filter(credential_id=credential_id).first()


def described(rows: Iterable[Passkey]) -> list[dict[str, Any]]:
    """Passkeys as the options of a ceremony name them."""
    return [descriptor(bytes(row.credential_id), row.transports) for row in rows]


def hold_factors(person: UUID) -> None:
    """Let nobody else change this person's strong factors until the transaction ends.

    Two removals at once would each see the other's factor and leave none.
    """
    list(Password.objects.select_for_update().filter(person=person).values_list("pk"))


def new_challenge(session: UUID, purpose: str, *, digest: str = "", deed: str = "") -> bytes:
    """Random bytes for one answer in one browser, good for five minutes."""
    now, value = clock.now(), secrets.token_bytes(CHALLENGE_BYTES)
    PasskeyChallenge.objects.create(
        session_id=session,
        value=value,
        purpose=purpose,
        digest=digest,
        deed=deed,
        created_at=now,
        expires_at=now + PASSKEY_CHALLENGE_LIFE,
    )
    return value


def use_challenge(
    session: UUID, purpose: str, value: bytes, *, digest: str = "", deed: str = ""
) -> bool:
    """Spend a challenge: true once, in its own browser, for its own purpose and deed, in time.

    The conditional UPDATE lets one of many parallel answers through.
    """
    now = clock.now()
    fitting = PasskeyChallenge.objects.filter(
        session=session,
        purpose=purpose,
        value=value,
        digest=digest,
        deed=deed,
        used_at__isnull=True,
        expires_at__gt=now,
    )
    return bool(fitting.update(used_at=now))


def store(person: UUID, key: NewKey, name: str) -> Passkey:
    """Keep a new credential.

    :raises PasskeyTaken: its id is known already, this person's or another's.
    """
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                person_id=person,
                credential_id=key.credential_id,
                public_key=key.public_key,
                sign_count=key.sign_count,
                aaguid=key.aaguid,
                transports=list(key.transports),
                backup_eligible=key.backup_eligible,
                backed_up=key.backed_up,
                name=name,
                created_at=clock.now(),
            )
    except IntegrityError as error:
        raise PasskeyTaken() from error


def count_use(row: Passkey, use: Use) -> bool:
    """Note a use; false when the counter did not go on, which is what a copied key does.

    Many authenticators count nothing and always say 0 (WebAuthn Level 3, 6.1.1).
    """
    counts_on = Q(sign_count__lt=use.sign_count)
    if use.sign_count == 0:
        counts_on |= Q(sign_count=0)
    mine = Passkey.objects.filter(counts_on, pk=row.pk, cloned_at__isnull=True)
    return bool(
        mine.update(sign_count=use.sign_count, backed_up=use.backed_up, last_used_at=clock.now())
    )


def block(row: Passkey) -> bool:
    """A copied key works no more; true when this is news."""
    mine = Passkey.objects.filter(pk=row.pk, cloned_at__isnull=True)
    return bool(mine.update(cloned_at=clock.now()))


def rename(person: UUID, passkey: UUID, name: str) -> bool:
    """Give one of the person's passkeys another name; false when there is no such passkey."""
    return bool(Passkey.objects.filter(pk=passkey, person=person).update(name=name))


def remove(person: UUID, passkey: UUID) -> bool:
    """Take one away; false when there is no such passkey."""
    gone, _ = Passkey.objects.filter(pk=passkey, person=person).delete()
    return gone > 0
