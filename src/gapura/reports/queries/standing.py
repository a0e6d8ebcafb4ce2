"""Facts that hold now and that nobody should have to notice by chance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from gapura.access.models import Grant
from gapura.audit.models import Checkpoint, LogEvent, Party
from gapura.audit.queries import (
    Seen,
    backlog,
    entries_of_sessions,
    leaves,
    newest_about,
    verified_up_to,
)
from gapura.authentication import events as authentication
from gapura.authentication.models import Device, Session
from gapura.kernel import clock

_ADMIN = "admin_instansi"
_MOST = 200
# Devices are looked at when they were used since; the job may stand still for as long.
_LATELY = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `key` names it in this form, so that a later one about the subject is another."""

    subject: str
    key: str
    entries: tuple[Seen, ...] = ()
    person: UUID | None = None
    agency: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def agencies_without_admin(parameters: Mapping[str, int]) -> list[Fact]:
    """Agencies whose last administrator has left or will within the days given. Three queries."""
    today = clock.today()
    until = today + timedelta(days=parameters["within"])
    rows = Grant.objects.filter(role=_ADMIN, unit__isnull=True, superseded_at__isnull=True)
    last: dict[str, Grant] = {}
    for row in rows.filter(agency__closed_on__isnull=True).order_by("recorded_at"):
        code = row.agency_id or ""
        best = last.get(code)
        if best is None or _reach(row) >= _reach(best):
            last[code] = row
    ending = {code: row for code, row in last.items() if _reach(row) <= until}
    told = newest_about("grant", [str(row.id) for row in ending.values()])
    return [
        _ending(code, row, told.get(str(row.id)), today)
        for code, row in list(ending.items())[:_MOST]
    ]


def _ending(code: str, row: Grant, entry: Seen | None, today: date) -> Fact:
    end = _reach(row)
    left = end <= today
    return Fact(
        subject=code,
        key=f"{'left' if left else 'ends'}:{row.id}:{end}",
        entries=(entry,) if entry else (),
        agency=code,
        values={"left": left, "until": end.isoformat()},
    )


def _reach(row: Grant) -> date:
    """The first day on which it no longer works; a suspended or ended one does not work now."""
    if row.state != "active":
        return date.min
    ends = [end for end in (row.valid.upper, row.ends_before) if end is not None]
    return min(ends, default=date.max)


def log_troubles(parameters: Mapping[str, int]) -> list[Fact]:
    """Entries that wait, leaves without a checkpoint, contradictions, who does not sign."""
    limit = timedelta(minutes=parameters["within"])
    return [*_waiting(limit), *_unsigned(limit), *_contradicted(), *_parties(limit)]


def _waiting(limit: timedelta) -> Iterable[Fact]:
    late = backlog()
    if late.seconds > limit.total_seconds():
        began = clock.now() - timedelta(seconds=late.seconds)
        yield _of_the_log("waiting", f"{began:%Y-%m-%dT%H}", {"waiting": late.waiting})


def _unsigned(limit: timedelta) -> Iterable[Fact]:
    newest = Checkpoint.objects.order_by("-number").first()
    size, now = leaves(), clock.now()
    signed, at = (newest.size, newest.at) if newest else (0, None)
    if size <= signed or (at is not None and now - at <= limit):
        return
    oldest = LogEvent.objects.raw(
        "SELECT e.* FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id WHERE l.index = %s",
        [signed],
    )
    for entry in oldest:
        if now - entry.recorded_at > limit:
            number = newest.number if newest else 0
            yield _of_the_log("unsigned", str(number), {"checkpoint": number})


def _contradicted() -> Iterable[Fact]:
    upto = verified_up_to()
    if not upto.whole:
        yield _of_the_log("contradicted", str(upto.number), {"checkpoint": upto.number})


def _parties(limit: timedelta) -> Iterable[Fact]:
    """Signer and witnesses: who was shown another history at once, who is away after a while."""
    for party in Party.objects.exclude(trouble="").exclude(failed_at=None).order_by("name"):
        away = party.trouble == "away"
        if party.failed_at and (not away or clock.now() - party.failed_at > limit):
            key = f"{party.name[:40]}:{party.failed_at:%Y-%m-%dT%H:%M:%S}"
            what = "away" if away else "refused"
            yield _of_the_log(what, key, {"party": party.name}, party.name)


def _of_the_log(what: str, key: str, values: dict[str, Any], party: str = "") -> Fact:
    subject = f"log:{what}:{party}" if party else f"log:{what}"
    return Fact(subject[:80], f"{what}:{key}", values={"trouble": what, **values})


def shared_devices(parameters: Mapping[str, int]) -> list[Fact]:
    """Browsers that many accounts sign in with, one of them lately. Four queries."""
    now = clock.now()
    lately = Device.objects.filter(last_seen_at__gte=now - _LATELY).values("token_hash")
    since = now - timedelta(days=parameters["within"])
    devices = Device.objects.filter(token_hash__in=lately, last_seen_at__gte=since)
    many = (
        devices.values("token_hash")
        .annotate(people=Count("person", distinct=True), last=Max("last_seen_at"))
        .filter(people__gte=parameters["least"])
        .order_by("-people", "token_hash")[:_MOST]
    )
    marks = {row["token_hash"]: row["people"] for row in many}
    sessions = list(
        Session.objects.filter(
            device__token_hash__in=marks, acr__gt=0, signed_in_at__gte=since
        ).values_list("device__token_hash", "id", "person", "signed_in_at", "person__agency")
    )
    entries = entries_of_sessions(
        authentication.SIGNED_IN.name, {row[1] for row in sessions}, since
    )
    return [
        _device(mark, people, [row for row in sessions if row[0] == mark], entries)
        for mark, people in marks.items()
    ]


def _device(mark: str, people: int, sessions: list[Any], entries: Mapping[UUID, UUID]) -> Fact:
    seen = {row[1]: row for row in sessions if row[1] in entries}
    agencies = {row[4] for row in sessions}
    return Fact(
        subject=f"device:{mark[:16]}",
        key=f"{mark[:32]}:{people}",
        entries=tuple(sorted((Seen(entries[one], row[3]) for one, row in seen.items()),
                             key=lambda entry: entry.at)),
        agency=agencies.pop() if len(agencies) == 1 else "",
        values={"accounts": people, "people": sorted({str(row[2]) for row in sessions})},
    )  # fmt: skip
