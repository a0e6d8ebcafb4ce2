"""Refusing standing in that the dated law does not know."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import QuerySet

from gapura.access.errors import (
    PrincipalAway,
    PrincipalInOffice,
    PrincipalIsOneself,
    PrincipalMissing,
    StandingEndless,
    StandingNotAllowed,
    StandingTooLong,
)
from gapura.access.kinds import DEFINITIVE, STANDING_NAMES
from gapura.access.models import AccessRule, Grant
from gapura.access.queries.laws import standing_law
from gapura.access.roles import ROLES
from gapura.access.rules import ABSENT, VACANT, Span, StandingLaw, covered, stood_in
from gapura.access.states import LIVE_GRANT
from gapura.kernel import clock
from gapura.kernel.texts import said


class Where(TypedDict):
    """Codes of the place of a role."""

    agency: str | None
    unit: str | None
    company: str | None


def span_of(valid: Any) -> Span:
    """The days of a range as the rules count them."""
    return Span(valid.lower or date.min, valid.upper)


def check_standing(
    role: str,
    standing: str,
    principal_id: UUID | None,
    person_id: UUID,
    *,
    agency: str | None = None,
    unit: str | None = None,
    company: str | None = None,
    valid: Any,
    besides: UUID | None = None,
) -> None:
    """Refuse standing in that no dated rule knows; nothing for officers in their own right.

    A term lasts at most so many days, and a chain of terms of the same two people in the same role
    so many with its extensions. Who stands in for the day, by power of attorney or as a substitute
    needs a principal who holds the role on all of these days; a vacant post (Plt) one who does not.

    :raises StandingNotAllowed: no rule for this role and this way on the first day.
    :raises StandingEndless, StandingTooLong: no last day; longer than the rule's days.
    :raises PrincipalMissing: nobody named, oneself, not in office, or still in office (Plt).
    """
    if standing == DEFINITIVE:
        return
    span = span_of(valid)
    law = _law(role, standing, span)
    if principal_id is None:
        raise PrincipalMissing()
    if principal_id == person_id:
        raise PrincipalIsOneself()
    rows = _records(role, agency, unit, company, besides)
    terms = rows.filter(person=person_id, principal=principal_id, standing=standing)
    _refuse_too_long(law, span, [_used(row) for row in terms])
    _refuse_wrong_principal(standing, span, rows.filter(person=principal_id, standing=DEFINITIVE))


def _records(
    role: str, agency: str | None, unit: str | None, company: str | None, besides: UUID | None
) -> QuerySet[Grant]:
    """All grants of a role at a place as they stand now, but for one."""
    places = {"agency": agency or None, "unit": unit or None, "company": company or None}
    rows = Grant.objects.filter(role=role, superseded_at__isnull=True, **places)
    return rows.exclude(pk=besides) if besides else rows


def _used(row: Grant) -> Span:
    """The days of a term that count: an ended one counts until the day it ended."""
    first, after = row.valid.lower, row.valid.upper
    if row.ended_at is None:
        return Span(first, after)
    if row.activated_at is None:
        return Span(first, first)
    ended = max(first, clock.legal_day(row.ended_at))
    return Span(first, ended if after is None else min(after, ended))


def _refuse_too_long(law: StandingLaw, span: Span, terms: Sequence[Span]) -> None:
    if span.after is None:
        raise StandingEndless()
    days = (span.after - span.first).days
    if days > law.days:
        raise StandingTooLong(days=days, longest=law.days, law=law.basis)
    total = stood_in(terms, span, AccessRule.value_at("standing_break_days", span.first))
    if total > law.longest:
        raise StandingTooLong(days=total, longest=law.longest, law=law.basis)


def _refuse_wrong_principal(standing: str, span: Span, held: Any) -> None:
    live = held.filter(state__in=LIVE_GRANT, letter__revoked_at__isnull=True)
    spans = [Span(row.valid.lower, row.valid.upper) for row in live.exclude(state="approved")]
    if standing in ABSENT and not covered(spans, span):
        raise PrincipalAway()
    if standing in VACANT and any(
        one.first < (span.after or date.max) and (one.after is None or one.after > span.first)
        for one in spans
    ):
        raise PrincipalInOffice()


def _law(role: str, standing: str, span: Span) -> StandingLaw:
    law = standing_law(role, standing, span.first)
    if law is None:
        known = STANDING_NAMES.get(standing, standing)
        raise StandingNotAllowed(role=said(ROLES[role].name), standing=said(known))
    return law
