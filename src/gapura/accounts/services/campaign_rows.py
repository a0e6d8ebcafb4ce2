"""What the verbs of campaigns share: the locked row, its days, its entry, and who is done."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Value

from gapura.accounts.errors import NoSuchCampaign
from gapura.accounts.models import AccountRule, Campaign, CampaignLine, Person
from gapura.accounts.permissions import Can
from gapura.accounts.rules.campaigns import held_from
from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

READ_ONLY = "read_only"


def locked_campaign(actor: Actor, can: Can, campaign_id: UUID) -> Campaign:
    """The row, locked, once the actor may do this to it.

    :raises NoSuchCampaign: not there, or not for this actor.
    :raises Refused: with the reasons.
    """
    row = Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if row is None or not (actor.system or may(actor, Can.SEE_CAMPAIGN, row)):
        raise NoSuchCampaign()
    require(actor, can, row)
    return row


def days_rule() -> dict[str, Any]:
    """The dated rule on the days of campaigns."""
    rule: dict[str, Any] = AccountRule.value_at("campaign_days", clock.today())
    return rule


def moment_held(consequence: str, due_on: date, grace_days: int) -> datetime | None:
    """From when people can only read; None where nothing follows."""
    return held_from(due_on, grace_days) if consequence == READ_ONLY else None


def note(actor: Actor, event: Event, row: Campaign, **facts: Any) -> UUID:
    """One entry about a campaign."""
    return audit.record(actor, event, Subject("campaign", str(row.id), row.title), facts=facts)


def draw_up(row: Campaign, people: QuerySet[Person]) -> int:
    """Put these people into the campaign, by one statement however many; answers how many.

    Drawn up twice, or in two that overlap in one campaign, nobody stands in it twice.
    """
    rows = people.order_by().values_list(Value(row.id), "id", "agency")
    chosen, values = rows.query.sql_with_params()
    into = f"INSERT INTO {CampaignLine._meta.db_table} (campaign_id, person_id, agency)"
    with connection.cursor() as cursor:
        cursor.execute(f"{into} {chosen} ON CONFLICT DO NOTHING", values)
        number: int = cursor.rowcount
    return number


def settle(person_id: UUID) -> int:
    """The person's identity is verified now: every campaign that waited for it has it."""
    waiting = CampaignLine.objects.filter(person=person_id, done_at__isnull=True)
    return waiting.update(done_at=clock.now())
