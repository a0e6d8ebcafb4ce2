"""The nightly sweep for roles that exclude each other, and accepting what only warns."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from gapura.access import events
from gapura.access.errors import BadReason, NotForAcceptance
from gapura.access.models import ConflictFinding, ConflictRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.conflicts import clashes_among, offices
from gapura.access.queries.findings import visible_finding
from gapura.access.queries.grants import working
from gapura.access.queries.holders import holders
from gapura.access.queries.laws import forget_laws, laws
from gapura.access.roles import AGENCY_VERIFIER
from gapura.access.rules import REASON_AT_LEAST, Clash, Office, excludes
from gapura.access.rules.conflicts import forbids
from gapura.access.services.entries import Told, facts_of, note, note_all
from gapura.access.services.grants import read_grants
from gapura.access.services.notices import tell_all
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_

PEOPLE = 500
FINDINGS = "/console/findings"
LONGEST_REASON = 500
_TOO_SHORT = N_("Write at least 10 characters, so that others understand why.")
_TOO_LONG = N_("Shorten this text.")
_NOBODY = UUID(int=0)

Key = tuple[UUID, UUID, UUID]


@dataclass(frozen=True, slots=True)
class Swept:
    """What one batch of the sweep did; `last` is where to go on, None at the end."""

    found: int
    last: UUID | None


def clear_findings(*, actor: Actor, after: UUID = _NOBODY) -> Swept:
    """Close open findings whose roles no longer exclude each other today; a batch at a time.

    One of them has ended or does not work, or the rule is no longer in force.

    :raises Refused: a person tried.
    """
    require(actor, Can.SWEEP)
    with transaction.atomic():
        forget_laws()
        rows = _open_findings(after)
        gone = _gone(rows)
        ConflictFinding.objects.filter(pk__in=[row.id for row in gone]).update(
            cleared_at=clock.now()
        )
        note_all(actor, events.CONFLICT_CLEARED, [_told(row) for row in gone])
    return Swept(len(gone), rows[-1].id if len(rows) == PEOPLE else None)


def _open_findings(after: UUID) -> list[ConflictFinding]:
    rows = ConflictFinding.objects.filter(cleared_at__isnull=True, pk__gt=after)
    parts = ("rule", "grant__person", "grant__agency", "grant__unit", "other")
    return list(rows.select_related(*parts).order_by("id")[:PEOPLE])


def _gone(rows: list[ConflictFinding]) -> list[ConflictFinding]:
    ids = {grant for row in rows for grant in (row.grant_id, row.other_id)}
    now, day = clock.now(), clock.today()
    still = {one.grant: one for one in offices(working(now).filter(pk__in=ids))}
    in_force = {law.id: law for law in laws().conflicts if law.covers(day)}

    def holds(row: ConflictFinding) -> bool:
        law, sides = in_force.get(row.rule_id), (still.get(row.grant_id), still.get(row.other_id))
        one, two = sides
        return law is not None and one is not None and two is not None and excludes(law, one, two)

    return [row for row in rows if not holds(row)]


def find_conflicts(*, actor: Actor, after: UUID = _NOBODY) -> Swept:
    """Look at up to PEOPLE people behind `after` who hold two working roles or more.

    What excludes each other today and is not found yet becomes a finding, with an event, and the
    verifiers of its agency are told.

    :raises Refused: a person tried.
    """
    require(actor, Can.SWEEP)
    with transaction.atomic():
        forget_laws()
        people = _people(after)
        now = clock.now()
        new = _new(_clashes(people, now), people)
        rows = _write(new, now)
        note_all(actor, events.CONFLICT_FOUND, [_told(row) for row in rows])
        _tell(rows)
    return Swept(len(rows), people[-1] if len(people) == PEOPLE else None)


def _people(after: UUID) -> list[UUID]:
    roles = {role for law in laws().conflicts for role in law.pair}
    live = Grant.objects.filter(
        state="active", superseded_at__isnull=True, role__in=roles, person__gt=after
    )
    several = live.values("person_id").annotate(held=Count("id")).filter(held__gt=1)
    return list(several.order_by("person_id").values_list("person_id", flat=True)[:PEOPLE])


def _clashes(people: list[UUID], now: datetime) -> dict[Key, Clash]:
    by_person: dict[UUID | None, list[Office]] = {}
    for office in offices(working(now).filter(person__in=people)):
        by_person.setdefault(office.person, []).append(office)
    day = clock.legal_day(now)
    found = (clash for held in by_person.values() for clash in clashes_among(held, day))
    return {_key(clash): clash for clash in found}


def _key(clash: Clash) -> Key:
    """The side with an agency first: that agency reads of it."""
    one, two = sorted(
        (clash.held, clash.asked), key=lambda side: (not side.agency, str(side.grant))
    )
    assert one.grant is not None  # noqa: S101 - both were read from rows
    assert two.grant is not None  # noqa: S101
    return clash.law.id, one.grant, two.grant


def _new(found: dict[Key, Clash], people: list[UUID]) -> list[Key]:
    known = ConflictFinding.objects.filter(cleared_at__isnull=True, grant__person__in=people)
    there = set(known.values_list("rule_id", "grant_id", "other_id"))
    return sorted(set(found) - there)


def _write(keys: list[Key], now: datetime) -> list[ConflictFinding]:
    rows = [
        ConflictFinding(rule_id=rule, grant_id=grant, other_id=other, found_at=now)
        for rule, grant, other in keys
    ]
    ConflictFinding.objects.bulk_create(rows, ignore_conflicts=True)
    grants = {grant.id: grant for grant in read_grants(g for _, *two in keys for g in two)}
    rules = ConflictRule.objects.in_bulk([row.rule_id for row in rows])
    for row in rows:
        row.rule = rules[row.rule_id]
        row.grant, row.other = grants[row.grant_id], grants[row.other_id]
    return rows


def _told(row: ConflictFinding) -> Told:
    return row.grant, None, _facts(row)


def _facts(row: ConflictFinding) -> dict[str, Any]:
    about = {"other": row.other.role, "rule": row.rule.code, "severity": row.rule.severity}
    facts = facts_of(row.grant)
    facts.pop("company", None)
    return facts | about


def _tell(rows: list[ConflictFinding]) -> None:
    """The verifiers of each agency concerned, how many are new; names stand on the page only."""
    agencies = Counter(
        agency
        for row in rows
        for agency in {row.grant.agency_id, row.other.agency_id}
        if agency is not None
    )
    for agency, count in sorted(agencies.items()):
        tell_all(holders(AGENCY_VERIFIER, agency), "conflicts_found", FINDINGS, count=count)


def accept_finding(*, actor: Actor, finding_id: UUID, reason: str) -> None:
    """Accept what only warns, with a reason of 10 to 500 characters; four eyes.

    :raises NoSuchFinding, Refused: not visible, not allowed, about oneself.
    :raises NotForAcceptance: the law forbids it.
    :raises NoSuchMove: accepted or cleared already.
    :raises BadReason: too short or too long.
    """
    reason = reason.strip()
    with transaction.atomic():
        row = visible_finding(actor, finding_id, lock=True)
        require(actor, Can.ACCEPT_FINDING, row)
        if forbids(row.rule.severity, row.rule.reach):
            raise NotForAcceptance()
        if row.cleared_at is not None or row.accepted_at is not None:
            raise NoSuchMove()
        if not REASON_AT_LEAST <= len(reason) <= LONGEST_REASON:
            raise BadReason({"reason": _TOO_LONG if len(reason) > REASON_AT_LEAST else _TOO_SHORT})
        row.accepted_by_id, row.accepted_at, row.reason = actor.who, clock.now(), reason
        row.save(update_fields=["accepted_by", "accepted_at", "reason"])
        note(actor, events.CONFLICT_ACCEPTED, row.grant, **_facts(row), reason=reason)
