"""Leaves an authority alone after failures, for all processes at once; one caller tries first."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from gapura.kernel import clock
from gapura.outside.errors import AuthorityDown
from gapura.outside.models import Breaker
from gapura.outside.rules import FAILURES, LONGEST_PAUSE_SECONDS, PROBE_SECONDS

# A good answer is written down no more often than this while nothing changes.
_SEEN = timedelta(minutes=1)


def admit(authority: str) -> None:
    """Go on unless the authority is being left alone; after the pause exactly one goes on.

    :raises AuthorityDown: with the seconds until the next try is let through.
    """
    row = Breaker.objects.filter(pk=authority).first()
    if row is None or row.retry_at is None:
        return
    now = clock.now()
    if row.retry_at > now:
        raise AuthorityDown(authority, _seconds(row.retry_at - now), "paused")
    next_one = now + timedelta(seconds=PROBE_SECONDS)
    mine = Breaker.objects.filter(pk=authority, retry_at=row.retry_at).update(retry_at=next_one)
    if not mine:
        raise AuthorityDown(authority, PROBE_SECONDS, "paused")


def succeeded(authority: str) -> None:
    """It answered as agreed: asking is free again."""
    now = clock.now()
    row = Breaker.objects.filter(pk=authority).first()
    if row and not row.failures and row.retry_at is None and now - row.seen_at < _SEEN:
        return
    since = row.since if row and row.retry_at is None else now
    Breaker.objects.update_or_create(
        pk=authority,
        defaults={"failures": 0, "fault": "", "since": since, "seen_at": now, "retry_at": None},
    )


def failed(authority: str, fault: str, wait: int = 0) -> int:
    """Count one failure; answers the seconds until the next try is worth it.

    `wait` is what the authority itself asked for; it is then left alone at once.
    """
    now = clock.now()
    with transaction.atomic():
        Breaker.objects.get_or_create(pk=authority, defaults={"since": now, "seen_at": now})
        row = Breaker.objects.select_for_update().get(pk=authority)
        row.failures, row.fault = row.failures + 1, fault
        if wait or row.failures >= FAILURES or row.retry_at is not None:
            row.since = row.since if row.retry_at is not None else now
            pause = max(wait, _pause(row.failures))
            row.retry_at = now + timedelta(seconds=pause)
        row.save()
    return _seconds(row.retry_at - now) if row.retry_at else int(settings.OUTSIDE_PAUSE_SECONDS)


def _pause(failures: int) -> int:
    doubled = int(settings.OUTSIDE_PAUSE_SECONDS) << min(max(0, failures - FAILURES), 10)
    return min(doubled, LONGEST_PAUSE_SECONDS)


def _seconds(left: timedelta) -> int:
    return max(1, -int(-left.total_seconds() // 1))
