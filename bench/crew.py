"""Many people with passwords and apps, made at once; and what limits remember of them."""

from collections.abc import Sequence
from datetime import timedelta

PASSWORD = "kelinci ungu menggiling gandum"  # noqa: S105 - of people who are only measured
# So many sign-ins of one person were before: whoever measures a sign-in measures an ordinary one.
_FIRST_NIK = 200_000


def make(names: Sequence[str]) -> dict[str, str]:
    """Verified accounts with a password and an app; answers the apps' secrets by name."""
    from bench.officers import nik_of
    from gapura.accounts.models import Person
    from gapura.accounts.queries import nik_key
    from gapura.authentication.hashing import hash_password
    from gapura.authentication.methods.totp import new_secret
    from gapura.authentication.models import Password, Totp
    from gapura.kernel import clock

    there = Person.objects.filter(username__startswith="kru").count()
    now, kept = clock.now() - timedelta(days=30), hash_password(PASSWORD)
    people = [
        Person(
            username=name,
            name="Warga Contoh",
            kind="pns",
            email=f"{name}@contoh.go.id",
            nik=nik_of(_FIRST_NIK + there + number),
            nik_lookup=nik_key(nik_of(_FIRST_NIK + there + number)),
            agency="D32",
            state="verified",
            created_at=now,
            email_verified_at=now,
            verified_at=now,
        )
        for number, name in enumerate(names)
    ]
    secrets = {name: new_secret() for name in names}
    Person.objects.bulk_create(people)
    Password.objects.bulk_create(Password(person=one, hash=kept, changed_at=now) for one in people)
    Totp.objects.bulk_create(
        Totp(person=one, secret=secrets[one.username], created_at=now, confirmed_at=now)
        for one in people
    )
    return secrets


def freshen_passwords() -> None:
    """Nobody is asked for a new password on the way in."""
    from gapura.authentication.models import Password
    from gapura.kernel import clock

    Password.objects.update(changed_at=clock.now() - timedelta(days=30))


def forget_limits() -> None:
    """Nobody has tried anything lately."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_throttle")
        cursor.execute("DELETE FROM authentication_hold")


def leave() -> None:
    """Every sign-in is over and every app's code new, as after a day."""
    from gapura.authentication.models import Session, Totp
    from gapura.kernel import clock

    Session.objects.filter(ended_at__isnull=True).update(ended_at=clock.now())
    Totp.objects.update(last_step=0)
