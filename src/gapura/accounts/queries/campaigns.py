"""Reads of campaigns: whom one concerns, how far it is, and what waits for oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from gapura.accounts.errors import NoSuchCampaign
from gapura.accounts.models import AccountRule, Campaign, CampaignLine, Person
from gapura.accounts.permissions import Can
from gapura.accounts.states import VERIFIED
from gapura.accounts.states_of_campaigns import CAMPAIGN, PLANNED, RUNNING
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

PAGE = 40


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign in the list, or alone; `verbs` are the steps open to who reads it."""

    id: UUID
    title: str
    reason: str
    basis: str
    audience: str
    among: str
    consequence: str
    starts_on: date
    due_on: date
    grace_days: int
    held_from: datetime | None
    state: str
    people: int
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    verbs: tuple[str, ...]

    @property
    def read_only_on(self) -> date:
        """The first day on which whoever has not verified again can only read."""
        return self.due_on + timedelta(days=self.grace_days + 1)


@dataclass(frozen=True, slots=True)
class AgencyCount:
    """How far the people of one agency are; `agency` is empty for those who have none."""

    agency: str
    people: int
    done: int
    told: int

    @property
    def open(self) -> int:
        """How many have not done it."""
        return self.people - self.done


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is: its whole, and the agencies, most to do first."""

    whole: AgencyCount
    agencies: tuple[AgencyCount, ...]


@dataclass(frozen=True, slots=True)
class OwnReverification:
    """A campaign in which the actor still has something to do."""

    title: str
    reason: str
    basis: str
    kind: str
    due_on: date
    held_from: datetime | None
    held: bool

    @property
    def last_day(self) -> date | None:
        """The last day before only reading is left."""
        if self.held_from is None:
            return None
        return clock.legal_day(self.held_from) - timedelta(days=1)


def concerned(row: Campaign, among: QuerySet[Any, Any] | None = None) -> QuerySet[Person]:
    """The verified people whom a campaign concerns; with `among` only those with these ids."""
    people = Person.objects.filter(state=VERIFIED)
    if row.audience == "kind":
        people = people.filter(kind=row.among)
    elif row.audience == "agency":
        people = people.filter(agency=row.among)
    elif row.audience == "role":
        people = people.filter(id__in=among) if among is not None else people.none()
    return people


def count_concerned(
    actor: Actor, campaign_id: UUID, among: QuerySet[Any, Any] | None = None
) -> int:
    """How many a campaign that has not begun would concern now.

    :raises NoSuchCampaign: not there, or not for this actor.
    """
    return concerned(_row(actor, campaign_id), among).count()


def campaigns_for(actor: Actor, page: int = 1) -> list[CampaignRow]:
    """Campaigns of policies, 40 a page, the newest first.

    :raises Refused: not allowed.
    """
    require(actor, Can.LIST_CAMPAIGNS)
    first = (max(page, 1) - 1) * PAGE
    rows = Campaign.objects.filter(kind="policy").order_by("-made_at", "-id")
    return [_view(actor, row) for row in rows[first : first + PAGE]]


def planned_campaigns(actor: Actor) -> list[tuple[UUID, str, str]]:
    """Id, audience and `among` of the campaigns whose day has come; for the system's own work.

    :raises Refused: a person asked.
    """
    require(actor, Can.TELL_CAMPAIGN)
    rows = Campaign.objects.filter(state=PLANNED, starts_on__lte=clock.today())
    return list(rows.order_by("starts_on", "id").values_list("id", "audience", "among")[:50])


def campaign_for(actor: Actor, campaign_id: UUID) -> CampaignRow:
    """One campaign.

    :raises NoSuchCampaign: not there, or not for this actor.
    """
    return _view(actor, _row(actor, campaign_id))


def progress_of(actor: Actor, campaign_id: UUID) -> Progress:
    """The numbers of a campaign by agency: one statement that reads each line once.

    :raises NoSuchCampaign: not there, or not for this actor.
    """
    row = _row(actor, campaign_id)
    counted = (
        CampaignLine.objects.filter(campaign=row)
        .values("agency")
        .annotate(people=Count("id"), done=Count("done_at"), was_told=Count("id", Q(told__gt=0)))
        .values_list("agency", "people", "done", "was_told")
    )
    agencies = sorted((AgencyCount(*each) for each in counted), key=lambda c: (-c.open, c.agency))
    return Progress(_sum(agencies), tuple(agencies))


def _sum(counts: Sequence[AgencyCount]) -> AgencyCount:
    people, done = sum(c.people for c in counts), sum(c.done for c in counts)
    return AgencyCount("", people, done, sum(c.told for c in counts))


def own_reverifications(actor: Actor) -> list[OwnReverification]:
    """What the actor has to do, the nearest day first; at most ten. One query.

    :raises Refused: nobody is signed in.
    """
    require(actor, Can.SEE_REVERIFICATION)
    now = clock.now()
    rows = (
        Campaign.objects.filter(state=RUNNING, lines__person=actor.who, lines__done_at__isnull=True)
        .exclude(lines__person__verified_at__gte=F("started_at"), lines__person=actor.who)
        .order_by("due_on", "id")[:10]
    )
    return [
        OwnReverification(
            title=row.title,
            reason=row.reason,
            basis=row.basis,
            kind=row.kind,
            due_on=row.due_on,
            held_from=row.held_from,
            held=row.held_from is not None and row.held_from <= now,
        )
        for row in rows
    ]


def reverification_waits(person_id: UUID) -> bool:
    """Some running campaign waits for this person."""
    lines = CampaignLine.objects.filter(person=person_id, done_at__isnull=True)
    return lines.filter(campaign__state=RUNNING).exists()


def campaign_rule() -> dict[str, Any]:
    """The dated rule on the days of campaigns: least, longest, grace_least, grace_most, remind."""
    rule: dict[str, Any] = AccountRule.value_at("campaign_days", clock.today())
    return rule


def _row(actor: Actor, campaign_id: UUID) -> Campaign:
    row = Campaign.objects.filter(pk=campaign_id).first()
    if row is None or not may(actor, Can.SEE_CAMPAIGN, row):
        raise NoSuchCampaign()
    return row


def _view(actor: Actor, row: Campaign) -> CampaignRow:
    steps = CAMPAIGN.verbs_from(row.state)
    verbs = (s.verb for s in steps if may(actor, s.permission, row) and s.verb != "plan")
    names = [f for f in CampaignRow.__dataclass_fields__ if f != "verbs"]
    return CampaignRow(**{name: getattr(row, name) for name in names}, verbs=tuple(verbs))
