"""Raises alerts: each finding once, and what goes on about the same subject is added to it."""

from django.db import IntegrityError, transaction

from gapura.audit.queries import Seen
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.references import next_reference
from gapura.reports import events
from gapura.reports.models import Alert, Evidence
from gapura.reports.permissions import Can
from gapura.reports.queries.findings import Finding
from gapura.reports.rules import Rule
from gapura.reports.services.telling import is_news, queue_messages
from gapura.reports.states import OPEN

# Of one alert so many entries are kept; all are counted.
EVIDENCE_MOST = 200


def raise_alert(*, actor: Actor, rule: Rule, found: Finding) -> Alert | None:
    """Raise an alert, or add to the one that is open about this subject; the alert when it is new.

    What was counted once never counts again, also after somebody disposed of the alert: only newer
    entries raise another one, and of a rule that counts, as many of them as the rule says.
    """
    require(actor, Can.RAISE_ALERT)
    with transaction.atomic():
        rows = Alert.objects.filter(rule=rule.code, subject=found.subject)
        last = rows.order_by("-seen_until").select_for_update().first()
        if found.key:
            return None if last and last.state in OPEN else _open(actor, rule, found, ())
        fresh = _fresh(found, last)
        if not fresh:
            return None
        if last is not None and last.state in OPEN:
            _add(last, fresh, found.agency)
            return None
        return _open(actor, rule, found, fresh) if len(fresh) >= found.fresh else None


def _fresh(found: Finding, last: Alert | None) -> tuple[Seen, ...]:
    """Entries that no alert about this subject has counted."""
    if last is None:
        return found.entries
    if found.counted:
        return tuple(entry for entry in found.entries if entry.at > last.seen_until)
    deed = found.entries[-1]
    known = Evidence.objects.filter(
        alert__rule=last.rule, alert__subject=last.subject, entry=deed.id
    )
    return () if known.exists() else found.entries


def _add(alert: Alert, fresh: tuple[Seen, ...], agency: str) -> None:
    """What another agency saw as well is from then on for the platform."""
    room = max(0, EVIDENCE_MOST - alert.evidence.count())
    _keep(alert, fresh[:room])
    alert.entries += len(fresh)
    alert.seen_until = max(alert.seen_until, fresh[-1].at)
    if agency[:20] != alert.agency:
        alert.agency = ""
    alert.save(update_fields=["entries", "seen_until", "agency"])


def _keep(alert: Alert, entries: tuple[Seen, ...]) -> None:
    rows = [Evidence(alert=alert, entry=entry.id) for entry in entries]
    Evidence.objects.bulk_create(rows, ignore_conflicts=True)


def _open(actor: Actor, rule: Rule, found: Finding, fresh: tuple[Seen, ...]) -> Alert | None:
    """Of two jobs at once one raises it: the constraints hold the other back."""
    entries = fresh or found.entries
    alert = _made(rule, found, entries)
    if Alert.objects.filter(rule=alert.rule, key=alert.key).exists():
        return None
    try:
        with transaction.atomic():
            alert.reference = next_reference("PRG")
            alert.save(force_insert=True)
    except IntegrityError:
        return None
    _keep(alert, entries[:EVIDENCE_MOST])
    facts = {"rule": rule.code, "entries": len(entries)}
    subject = Subject("alert", str(alert.id), alert.reference)
    record(actor, events.RAISED, subject, facts=facts, agency=alert.agency)
    queue_messages(alert, "alert.raised")
    return alert


def _made(rule: Rule, found: Finding, entries: tuple[Seen, ...]) -> Alert:
    """The alert, not stored yet. What a new rule finds in the past is told to nobody."""
    now = clock.now()
    return Alert(
        rule=rule.code,
        key=found.key or f"{entries[-1 if found.paired else 0].id}:{found.subject}"[:120],
        subject=found.subject[:80],
        person=found.person,
        agency=found.agency[:20],
        values=dict(found.values),
        entries=len(entries),
        first_at=entries[0].at if entries else now,
        seen_until=entries[-1].at if entries else now,
        raised_at=now,
        mailed_at=None if not entries or is_news(entries[-1].at) else now,
    )
