"""Telling the people of campaigns: at the pace at which mails leave, each stage once."""

from datetime import timedelta

from django.db import transaction

from gapura.accounts.models import AccountRule, Campaign, CampaignLine
from gapura.accounts.permissions import Can
from gapura.accounts.queries import recipient
from gapura.accounts.rules.campaigns import Stage, stage_at, stages
from gapura.accounts.services.campaign_rows import days_rule
from gapura.accounts.states_of_campaigns import RUNNING
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.notifications.queries import mails_waiting
from gapura.notifications.services import Message, notify_many

LINK = "/account/reverification"


def tell_campaigns(*, actor: Actor) -> int:
    """Tell one batch of people what their campaign's stage asks of them; answers how many.

    No more than the dated rule `campaign_mail` says wait in the outbox at once: so a code for
    signing in never stands behind 300,000 reminders, and a batch is all that is in memory. Who is
    told stands in the same transaction as the mails: stopped in between, nobody is told twice.

    :raises Refused: a person tried.
    """
    require(actor, Can.TELL_CAMPAIGN)
    rule = AccountRule.value_at("campaign_mail", clock.today())
    room = min(rule["batch"], rule["waiting_most"] - mails_waiting(rule["waiting_most"]))
    if room <= 0:
        return 0
    remind = days_rule()["remind"]
    for campaign in Campaign.objects.filter(state=RUNNING).order_by("due_on", "id"):
        if told := _tell(campaign, room, remind):
            return told
    return 0


def _tell(campaign: Campaign, room: int, remind: list[int]) -> int:
    if campaign.started_at is None:
        return 0
    told = stages(campaign.started_at, campaign.due_on, campaign.held_from, remind)
    number = stage_at(told, clock.now())
    if not number:
        return 0
    with transaction.atomic():
        lines = (
            CampaignLine.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("person")
            .filter(campaign=campaign, done_at__isnull=True, told__lt=number)
            .order_by("told", "id")[:room]
        )
        found = list(lines)
        notify_many([_message(campaign, line, told[number - 1][1]) for line in found])
        CampaignLine.objects.filter(pk__in=[line.pk for line in found]).update(told=number)
    return len(found)


def _message(campaign: Campaign, line: CampaignLine, stage: Stage) -> Message:
    last = None
    if campaign.held_from is not None:
        last = clock.legal_day(campaign.held_from) - timedelta(days=1)
    values = {
        "of_change": campaign.kind == "change",
        "title": campaign.title,
        "reason": campaign.reason,
        "basis": campaign.basis,
        "due_on": campaign.due_on,
        "last_day": last,
    }
    template = f"accounts/mail/reverify_{stage.value}.txt"
    return Message(recipient(line.person), template, values, link=LINK)
