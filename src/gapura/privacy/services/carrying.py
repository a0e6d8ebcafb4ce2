"""Carrying an erasure out: what is due, what the register keeps of it, and what follows later."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.privacy.errors.erasures import NoSuchErasure
from gapura.privacy.events import erasures as events
from gapura.privacy.models import Erasure, PrivacyRule
from gapura.privacy.permissions import Can
from gapura.privacy.services.erasure_rows import hash_of, locked, note, tell
from gapura.privacy.states.erasures import COOLING, DONE, ERASURE

LINK_DAYS, PAPER_YEARS, BACKUP_DAYS = "certificate.link_days", "papers.years", "backup.days"
_SYSTEM = system_actor("erasure")


@dataclass(frozen=True, slots=True)
class Due:
    """An erasure that is locked to be carried out."""

    id: UUID
    reference: str
    person: UUID
    language: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """What the certificate says: lines, the hash over them, its file and the day the name goes."""

    lines: list[dict[str, Any]]
    digest: str
    sha256: str
    document: UUID
    name_until: date | None


def due_erasures() -> list[UUID]:
    """Those whose time to be undone is over, the oldest first; also those that have to wait."""
    rows = Erasure.objects.filter(state=COOLING, due_at__lte=clock.now())
    return list(rows.order_by("due_at").values_list("pk", flat=True))


def take_due(erasure_id: UUID) -> Due | None:
    """What is due, locked until the transaction ends; None when somebody was first."""
    rows = Erasure.objects.select_for_update().filter(pk=erasure_id, state=COOLING)
    row = rows.filter(due_at__lte=clock.now()).first()
    if row is None:
        return None
    return Due(row.pk, row.reference, row.person_id, row.language, row.asked_at)


def stop_erasure(due: Due, obstacles: list[str], told: list[str]) -> None:
    """It is not carried out, for what began meanwhile; `told` says it in the person's language."""
    row = locked(pk=due.id)
    require(_SYSTEM, Can.CARRY_OUT_ERASURE, row)
    move(ERASURE, row, "stop", ended_at=clock.now(), obstacles=obstacles)
    note(_SYSTEM, events.ERASURE_STOPPED, row, {"obstacles": ", ".join(obstacles)})
    tell(row, "stopped", "/account/erasure", obstacles=told)


def finish_erasure(due: Due, done: Carried, *, token: str) -> None:
    """It was carried out; `token` opens the certificate for a while."""
    row = locked(pk=due.id)
    require(_SYSTEM, Can.CARRY_OUT_ERASURE, row)
    now = clock.now()
    changes: dict[str, Any] = {
        "ended_at": now,
        "lines": done.lines,
        "digest": done.digest,
        "sha256": done.sha256,
        "document_id": done.document,
        "name_until": done.name_until,
        "link_hash": hash_of(token),
        "link_ends_at": now + timedelta(days=_days(LINK_DAYS)),
    }
    move(ERASURE, row, "carry_out", **changes)
    facts: dict[str, Any] = {
        "gone": sum(line["gone"] for line in done.lines),
        "kept": sum(line["kept"] for line in done.lines),
        "digest": done.digest,
        "sha256": done.sha256,
    }
    if done.name_until:
        facts["name_until"] = done.name_until
    note(_SYSTEM, events.ERASURE_CARRIED_OUT, row, facts)


def fetch_certificate(*, token: str) -> tuple[UUID, str]:
    """The document and the reference of a certificate, by the link of the last mail.

    :raises NoSuchErasure: an unknown link, or its days are over.
    """
    with transaction.atomic():
        row = locked(link_hash=hash_of(token), state=DONE, link_ends_at__gt=clock.now())
        require(_SYSTEM, Can.FETCH_CERTIFICATE, row)
        note(_SYSTEM, events.CERTIFICATE_FETCHED, row, {})
        if row.document_id is None:
            raise NoSuchErasure()
        return row.document_id, row.reference


def paper_years(day: date) -> int:
    """How many years papers of procurement are kept."""
    return int(PrivacyRule.value_at(PAPER_YEARS, day))


def backup_days(day: date) -> int:
    """After how many days a copy of the database is overwritten at the latest."""
    return int(PrivacyRule.value_at(BACKUP_DAYS, day))


def names_due(day: date, limit: int) -> list[tuple[UUID, UUID]]:
    """Erasures whose papers may go, so that the name goes too: their id and the person's."""
    rows = Erasure.objects.filter(state=DONE, name_until__lt=day, name_gone_at__isnull=True)
    return list(rows.order_by("name_until").values_list("pk", "person_id")[:limit])


def name_is_gone(erasure_id: UUID) -> bool:
    """Write down that the name goes now; False when somebody was first."""
    rows = Erasure.objects.filter(pk=erasure_id, name_gone_at__isnull=True)
    return rows.update(name_gone_at=clock.now()) == 1


def untidied() -> list[tuple[UUID, UUID, bool]]:
    """Erasures whose last mail has not been deleted yet: their id, the person's, and whether the
    mail is of use, sent or not: its link still opens the certificate.
    """
    rows = Erasure.objects.filter(state=DONE, tidied_at__isnull=True)
    found = rows.order_by("ended_at").values_list("pk", "person_id", "link_ends_at")
    now = clock.now()
    return [(key, person, bool(ends and ends > now)) for key, person, ends in found]


def note_tidied(erasure_id: UUID) -> int:
    """Write down that it is deleted now."""
    rows = Erasure.objects.filter(pk=erasure_id, tidied_at__isnull=True)
    return rows.update(tidied_at=clock.now())


def _days(key: str) -> int:
    return int(PrivacyRule.value_at(key, clock.today()))
