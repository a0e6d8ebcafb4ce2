"""A campaign over 300,000 accounts: start, mails at the pace of the relay, page, memory."""

import resource
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from bench.figures import Figure, Report
from bench.stage import stage, tell

PEOPLE = 300_000
BATCHES = 20
START_SECONDS, MEMORY_MB, PAGE_MS = 30, 48, 1_000
# Numbers of no person: nothing here opens them.
_PEOPLE = """
    INSERT INTO accounts_person
           (id, username, kind, name, email, email_verified_at, pending_email, nik, nik_lookup,
            agency, unit_text, state, language, created_at, verified_at, must_be_seen)
    SELECT gen_random_uuid(), 'orang' || p, 'pns',
           'Pegawai ' || translate(p::text, '0123456789', 'abcdefghij'),
           'orang' || p || '@contoh.go.id', now(), '', %s, sha256(('nik' || p)::bytea),
           'D' || mod(p, 600), '', 'verified', 'id', now() - interval '2 years',
           now() - interval '2 years', false
      FROM generate_series(1, %s) AS p
"""


def measure() -> Report:
    """Make the people, begin a campaign for all, tell the first of them, look at the numbers."""
    with stage():
        _populate()
        figures = _measured()
    return Report("campaign", tuple(figures), {"people": PEOPLE})


def _populate() -> None:
    from django.db import connection

    from gapura.kernel.encryption import seal

    tell(f"{PEOPLE} people")
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [seal(b"3273010101800001", "accounts_person.nik"), PEOPLE])
        cursor.execute("VACUUM (ANALYZE) accounts_person")


def _measured() -> list[Figure]:
    from gapura.accounts.queries import progress_of
    from gapura.accounts.services import cancel_campaign, extend_campaign
    from gapura.journeys import reverifying
    from gapura.kernel import clock
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting

    admin = acting(persona_id("admin"), "admin_platform")
    campaign = _drafted()
    before = _memory()
    began = _seconds(lambda: reverifying.start(actor=admin, campaign_id=campaign))
    grown = _memory() - before
    told, telling = _tell()
    later = clock.today() + timedelta(days=90)
    why = "Bench: more time for everybody."
    more = _seconds(
        lambda: extend_campaign(
            actor=admin, campaign_id=campaign, due_on=later, grace_days=7, reason=why
        )
    )
    page = min(_seconds(lambda: progress_of(admin, campaign)) for _ in range(5))
    acting_ms = _resolving()
    over = _seconds(lambda: cancel_campaign(actor=admin, campaign_id=campaign, reason=why))
    return [
        Figure("start", began, "s", START_SECONDS),
        Figure("memory for the start", grown, "MB", MEMORY_MB),
        Figure("telling, each person", telling * 1000 / max(told, 1), "ms"),
        Figure(f"memory for telling {told}", _memory() - before, "MB", MEMORY_MB),
        Figure("numbers by agency", page * 1000, "ms", PAGE_MS),
        Figure("who asks, with the holds", acting_ms, "ms"),
        Figure("extend", more, "s", START_SECONDS),
        Figure("cancel", over, "s", 1),
    ]


def _drafted() -> UUID:
    from gapura.accounts.services import CampaignWish
    from gapura.journeys import reverifying
    from gapura.kernel import clock
    from gapura.ops.seeding.arrival import persona_id
    from gapura.ops.seeding.people import acting

    today = clock.today()
    wish = CampaignWish(
        title="Bench: verification of everybody",
        reason="Bench: the rules changed for everybody.",
        basis="Bench: no rule at all",
        audience="all",
        among="",
        consequence="read_only",
        starts_on=today,
        due_on=today + timedelta(days=30),
        grace_days=7,
    )
    return reverifying.draft(actor=acting(persona_id("admin"), "admin_platform"), wish=wish)


def _tell() -> tuple[int, float]:
    """Some batches, each sent at once, as by a relay that keeps up."""
    from gapura.accounts.services import tell_campaigns
    from gapura.kernel.actor import system_actor
    from gapura.notifications.models import Mail

    told, spent = 0, 0.0
    for _ in range(BATCHES):
        began = time.perf_counter()
        told += tell_campaigns(actor=system_actor("bench"))
        spent += time.perf_counter() - began
        Mail.objects.filter(body__isnull=False).update(body=None)
    return told, spent


def _resolving() -> float:
    """Milliseconds for finding one person as the decision door does, holds and all."""
    from gapura.accounts.queries import subject_named

    subject_named("orang1")
    began = time.perf_counter()
    for number in range(500):
        subject_named(f"orang{number * 7 + 1}")
    return (time.perf_counter() - began) * 2


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
