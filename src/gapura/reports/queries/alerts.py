"""Alerts as overseers read them: the list with its filters, and one with what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from gapura.accounts.queries import people_by_id
from gapura.audit.events import Readers
from gapura.audit.models import LogEvent
from gapura.audit.queries import Mandate, mandate_of
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, may, require
from gapura.organizations.queries import agencies_by_code
from gapura.reports.errors import NoSuchAlert
from gapura.reports.models import Alert, Evidence
from gapura.reports.permissions import Can
from gapura.reports.rules import RULES_BY_CODE, Rule
from gapura.reports.states import ALERT, OPEN, WORTH

PAGE = 40
# Of the entries an alert rests on so many are shown with their sentence; the log has the others.
SHOWN_ENTRIES = 40
TABS: Mapping[str, tuple[str, ...]] = {
    "open": OPEN,
    "worth": WORTH,
    "explained": ("explained",),
    "all": ALERT.states,
}
_PLATFORM = "admin_platform"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One line of the list; names are empty where there is nobody, or nobody any more."""

    id: UUID
    reference: str
    rule: Rule
    subject: str
    agency: str
    state: str
    entries: int
    raised_at: datetime
    taken_by: str
    values: Mapping[str, Any]

    @property
    def parameters(self) -> dict[str, int]:
        """The numbers of the rule when it found this."""
        return {**self.rule.defaults, **self.values.get("parameters", {})}


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Lines of one page, how many there are per tab, and the pages."""

    rows: tuple[AlertRow, ...]
    counts: Mapping[str, int]
    page: int
    pages: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AlertView:
    """One alert in full: the newest of its `kept` entries, and the `verbs` that are open now."""

    row: AlertRow
    agency_name: str
    first_at: datetime
    seen_until: datetime
    taken_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    reason: str
    evidence: tuple[UUID, ...]
    kept: int
    verbs: tuple[str, ...]
    others: tuple[AlertRow, ...]


def alerts_for(
    actor: Actor, tab: str = "open", *, rule: str = "", agency: str = "", page: int = 1
) -> AlertPage:
    """A page of alerts, open ones first and the newest of them first. Three queries.

    :raises Refused: for others than overseers.
    """
    require(actor, Can.LIST_ALERTS)
    rows = visible(actor)
    if agency and actor.role == _PLATFORM:
        rows = rows.filter(agency=agency)
    if rule in RULES_BY_CODE:
        rows = rows.filter(rule=rule)
    states = {name: Count("pk", filter=Q(state__in=found)) for name, found in TABS.items()}
    counts = rows.aggregate(**states)
    pages = max(1, -(-counts[tab] // PAGE))
    page = max(1, min(page, pages))
    first = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    shown = rows.filter(state__in=TABS[tab]).annotate(first=first).order_by("first", "-id")
    found = list(shown[(page - 1) * PAGE : page * PAGE])
    names = _names(found)
    lines = tuple(_row(one, names) for one in found)
    return AlertPage(lines, counts, page, pages, tuple(RULES_BY_CODE.values()))


def alert_for(actor: Actor, alert: UUID) -> AlertView:
    """One alert, and which entries of the log it rests on. Five queries.

    :raises NoSuchAlert: not there, another agency's, or about whoever asks.
    """
    found = Alert.objects.filter(pk=alert).first()
    if found is None or not may(actor, Can.SEE_ALERT, found):
        raise NoSuchAlert()
    kept = list(found.evidence.order_by("-entry").values_list("entry", flat=True))
    same = visible(actor).filter(rule=found.rule, subject=found.subject).exclude(pk=found.pk)
    others = list(same.order_by("-id")[:10])
    names = _names([found, *others])
    places = agencies_by_code({found.agency}) if found.agency else {}
    place = places.get(found.agency)
    return AlertView(
        row=_row(found, names),
        agency_name=place.name if place else "",
        first_at=found.first_at,
        seen_until=found.seen_until,
        taken_at=found.taken_at,
        decided_by=names.get(found.decided_by, ""),
        decided_at=found.decided_at,
        reason=found.reason or "",
        evidence=tuple(kept[:SHOWN_ENTRIES]),
        kept=len(kept),
        verbs=_verbs(actor, found),
        others=tuple(_row(one, names) for one in others),
    )


def visible(actor: Actor) -> QuerySet[Alert]:
    """Those in the actor's reach; never those about the actor or whom the actor stands in for."""
    rows = _in_reach(actor)
    principal = actor.grant.principal if actor.grant else ""
    if principal:
        rows = rows.exclude(values__username=principal)
    mine = Q(person=actor.person, person__isnull=False) | Q(
        values__people__contains=[str(actor.person)]
    )
    return rows.exclude(pk__in=Alert.objects.filter(mine).values("pk"))


def opened_by(mandate: Mandate) -> QuerySet[Alert]:
    """What an auditor's assignment opens: alerts of its agencies, of which an entry at least lies
    in its units and its case, where it names any. One statement.
    """
    rows = Alert.objects.filter(agency__in=mandate.agencies).exclude(agency="")
    if not mandate.units and not mandate.case:
        return rows
    within = LogEvent.objects.filter(
        id=OuterRef("entry"), agency__in=mandate.agencies, readers=Readers.AGENCY
    )
    if mandate.units:
        within = within.filter(unit__in=mandate.units)
    if mandate.case:
        within = within.filter(subject_label=mandate.case)
    return rows.filter(Exists(Evidence.objects.filter(Exists(within), alert=OuterRef("pk"))))


def open_alerts(actor: Actor) -> int:
    """How many wait for somebody in the actor's reach; for the tile on the home page. One query."""
    if not may(actor, Can.LIST_ALERTS):
        return 0
    return visible(actor).filter(state__in=OPEN).count()


def _in_reach(actor: Actor) -> QuerySet[Alert]:
    if actor.role == _PLATFORM:
        return Alert.objects.all()
    if mandate := mandate_of(actor):
        return opened_by(mandate)
    return Alert.objects.filter(agency=actor.agency).exclude(agency="")


def _verbs(actor: Actor, alert: Alert) -> tuple[str, ...]:
    steps = {step.verb: step.permission for step in ALERT.verbs_from(alert.state)}
    if alert.taken_by == actor.person:
        steps.pop("take", None)
    return tuple(verb for verb, right in steps.items() if decide(actor, right, alert))


def _names(found: Sequence[Alert]) -> dict[UUID | None, str]:
    ids = {one.taken_by for one in found} | {one.decided_by for one in found}
    people = people_by_id({one for one in ids if one})
    return {key: person.name for key, person in people.items()}


def _row(row: Alert, names: Mapping[UUID | None, str]) -> AlertRow:
    return AlertRow(
        id=row.id,
        reference=row.reference,
        rule=RULES_BY_CODE[row.rule],
        subject=row.subject,
        agency=row.agency,
        state=row.state,
        entries=row.entries,
        raised_at=row.raised_at,
        taken_by=names.get(row.taken_by, ""),
        values=row.values,
    )
