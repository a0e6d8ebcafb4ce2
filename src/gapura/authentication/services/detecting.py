"""Looks for signs of a stranger, every ten minutes: in the log, and in where people sign in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max

from gapura.accounts import events as accounts
from gapura.accounts.queries import people_by_id
from gapura.audit.queries import Series, entries_of_sessions, often, often_around
from gapura.authentication import events
from gapura.authentication.models import Session
from gapura.authentication.permissions import Can
from gapura.authentication.places import impossible, place_of
from gapura.authentication.rules import FOUND_MOST, LOOK_BACK, THRESHOLDS
from gapura.authentication.services.desk_notices import tell_found
from gapura.authentication.services.suspicions import Sign, suspect
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

# What whoever takes an account over changes. Backup codes come by themselves with the first app.
FACTOR_CHANGES = tuple(
    event.name
    for event in (
        events.TOTP_ENROLLED,
        events.TOTP_REMOVED,
        events.PASSKEY_ENROLLED,
        events.PASSKEY_REMOVED,
        events.PASSWORD_CHANGED,
        events.PASSWORD_RESET,
        accounts.CONTACT_CHANGED,
        accounts.PHONE_VERIFIED,
        accounts.PHONE_REMOVED,
    )
)
_MOST_SESSIONS = 5000


class _Stay(NamedTuple):
    """A sign-in, as the next one is compared with it."""

    person: UUID
    session: UUID
    ip: str | None
    at: datetime


def detect(*, actor: Actor) -> int:
    """Look through the last hours once more; answers how many suspicions are new.

    What was seen before is found again and changes nothing. The desk is told once for all of them.
    """
    require(actor, Can.FIND_SUSPICION)
    now = clock.now()
    new = [
        sign.person
        for detector in DETECTORS
        for sign in detector(now)
        if suspect(actor=actor, sign=sign)
    ]
    if new:
        people = people_by_id(set(new))
        tell_found(Counter(people[one].agency for one in new), set(new))
    return len(new)


def _guessed(now: datetime) -> Iterator[Sign]:
    rule, failed = THRESHOLDS["guessed"], (events.SIGN_IN_FAILED.name,)
    mark, since = events.SIGNED_IN.name, now - LOOK_BACK
    found = often_around(mark, failed, since, rule.least, before=rule.within)
    yield from (_sign("guessed", one) for one in found)


def _besieged(now: datetime) -> Iterator[Sign]:
    yield from _counted("besieged", events.SIGN_IN_FAILED.name, now)


def _disavowed(now: datetime) -> Iterator[Sign]:
    yield from _counted("disavowed", events.DISAVOWED.name, now)


def _cloned(now: datetime) -> Iterator[Sign]:
    yield from _counted("cloned", events.PASSKEY_CLONED.name, now)


def _counted(rule: str, name: str, now: datetime) -> Iterator[Sign]:
    found = often((name,), now - THRESHOLDS[rule].within, THRESHOLDS[rule].least)
    yield from (_sign(rule, one) for one in found)


def _factors(now: datetime) -> Iterator[Sign]:
    """Changes after a sign-in on a new device, which may itself be a day old."""
    rule = THRESHOLDS["factors"]
    since, mark = now - rule.within - LOOK_BACK, events.SIGNED_IN.name
    found = often_around(
        mark, FACTOR_CHANGES, since, rule.least, after=rule.within, fact="new_device"
    )
    yield from (_sign("factors", one) for one in found)


def _sign(rule: str, found: Series) -> Sign:
    also = (found.around,) if found.around else ()
    return Sign(rule, found.person, found.entries, also)


def _travel(now: datetime) -> Iterator[Sign]:
    """Without a list of places nobody knows where an address is, and nothing is claimed."""
    if not settings.PLACES_FILE:
        return
    rule = THRESHOLDS["travel"]
    oldest, newest = now - LOOK_BACK - rule.within, now - LOOK_BACK
    leaps = [
        (before, after)
        for before, after in pairwise(_stays(oldest, newest))
        if before.person == after.person and after.at > newest and _is_leap(before, after)
    ]
    sessions = {stay.session for leap in leaps for stay in leap}
    told = entries_of_sessions(events.SIGNED_IN.name, sessions, oldest)
    for before, after in leaps[:FOUND_MOST]:
        if after.session in told:
            also = (told[before.session],) if before.session in told else ()
            yield Sign("travel", after.person, (told[after.session],), also)


def _stays(oldest: datetime, newest: datetime) -> list[_Stay]:
    """Sign-ins of people who signed in at two places, lately once more; by person and time."""
    rows = Session.objects.filter(
        person__isnull=False, last_seen_at__gt=oldest, signed_in_at__gt=oldest
    ).exclude(place="")
    moved = (
        rows.values("person")
        .annotate(places=Count("place", distinct=True), last=Max("signed_in_at"))
        .filter(places__gte=2, last__gt=newest)
        .order_by("person")
    )
    people = list(moved.values_list("person", flat=True)[:FOUND_MOST])
    found = rows.filter(person__in=people).order_by("person", "signed_in_at")
    names = ("person", "id", "ip", "signed_in_at")
    return [_Stay(*row) for row in found.values_list(*names)[:_MOST_SESSIONS]]


def _is_leap(before: _Stay, after: _Stay) -> bool:
    hours = (after.at - before.at).total_seconds() / 3600
    return impossible(place_of(before.ip), place_of(after.ip), hours)


# `new_country` has none: the list of places names towns, and no countries.
DETECTORS: tuple[Callable[[datetime], Iterator[Sign]], ...] = (
    _travel,
    _guessed,
    _besieged,
    _factors,
    _disavowed,
    _cloned,
)
