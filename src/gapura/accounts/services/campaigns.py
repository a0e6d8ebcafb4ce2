"""Campaigns of verifying again: prepared, begun once, extended, canceled, ended."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from gapura.accounts import events
from gapura.accounts.choices import AUDIENCES, CONSEQUENCES
from gapura.accounts.errors import CampaignDetails, CampaignOver, NobodyConcerned
from gapura.accounts.models import Campaign, CampaignLine, Person
from gapura.accounts.permissions import Can
from gapura.accounts.queries.campaigns import concerned
from gapura.accounts.rules import free_text_problem, tidy
from gapura.accounts.rules.campaigns import day_problems
from gapura.accounts.rules.kinds import KINDS
from gapura.accounts.services.campaign_rows import (
    days_rule,
    draw_up,
    locked_campaign,
    moment_held,
    note,
)
from gapura.accounts.services.rows import sound_reason
from gapura.accounts.states_of_campaigns import CAMPAIGN, DRAFT, RUNNING
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_

_LONGEST = {"title": 120, "reason": 500, "basis": 300}
_SHORTEST = 10


@dataclass(frozen=True, slots=True)
class CampaignWish:
    """What a campaign is to be; `among` is a kind, an agency's or a role's code, by `audience`."""

    title: str
    reason: str
    basis: str
    audience: str
    among: str
    consequence: str
    starts_on: date
    due_on: date
    grace_days: int


def draft_campaign(*, actor: Actor, wish: CampaignWish) -> UUID:
    """Prepare a campaign; nobody is told or held by it yet. Answers its id.

    That `among` names an agency or a role there is, the caller looks up: those rooms are above.

    :raises CampaignDetails: every problem by field.
    """
    require(actor, Can.DRAFT_CAMPAIGN)
    told = {name: tidy(getattr(wish, name)) for name in _LONGEST}
    if problems := _problems(wish, told):
        raise CampaignDetails(problems)
    held = moment_held(wish.consequence, wish.due_on, wish.grace_days)
    with transaction.atomic():
        row = Campaign.objects.create(
            kind="policy",
            **told,
            audience=wish.audience,
            among=wish.among,
            consequence=wish.consequence,
            starts_on=wish.starts_on,
            due_on=wish.due_on,
            grace_days=wish.grace_days,
            held_from=held,
            state=DRAFT,
            made_by_id=actor.person,
            made_at=clock.now(),
        )
        note_drafted(actor, row)
    return row.id


def note_drafted(actor: Actor, row: Campaign) -> None:
    """The first entry of a campaign, with all that decides what follows from it."""
    told = ("kind", "audience", "among", "reason", "basis", "consequence", "grace_days")
    facts = {name: getattr(row, name) for name in told}
    days = {"starts_on": row.starts_on, "due_on": row.due_on, "held_from": row.held_from}
    note(actor, events.CAMPAIGN_DRAFTED, row, **facts, **days)


def _problems(wish: CampaignWish, told: dict[str, str]) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    for name, most in _LONGEST.items():
        if len(told[name]) < _SHORTEST:
            problems[name] = N_("Write at least 10 characters.")
        elif problem := free_text_problem(told[name], most):
            problems[name] = problem
    if wish.audience not in AUDIENCES or wish.audience == "person":
        problems["audience"] = N_("Choose whom it concerns.")
    elif (wish.audience == "all") == bool(wish.among) or (
        wish.audience == "kind" and wish.among not in KINDS
    ):
        problems["among"] = N_("Choose which ones.")
    if wish.consequence not in CONSEQUENCES:
        problems["consequence"] = N_("Choose what follows.")
    rule = days_rule()
    return problems | day_problems(
        clock.today(), wish.starts_on, wish.due_on, wish.grace_days, rule
    )


def start_campaign(
    *, actor: Actor, campaign_id: UUID, among: QuerySet[Any, Any] | None = None
) -> int:
    """Begin it on its day, or set it to begin then; answers how many it concerns (0: planned).

    `among` are ids of people, where only a higher room knows them (who holds a role). Everybody is
    drawn up by one statement; mails follow at the pace of the relay.

    :raises NoSuchCampaign, Refused: not visible, not allowed.
    :raises CampaignOver: it began before: a campaign begins once.
    :raises NobodyConcerned: nobody is in it.
    """
    with transaction.atomic():
        row = locked_campaign(actor, Can.START_CAMPAIGN, campaign_id)
        if row.starts_on > clock.today():
            _step(row, "plan")
            note(actor, events.CAMPAIGN_PLANNED, row, starts_on=row.starts_on)
            return 0
        return begin(actor, row, concerned(row, among))


def begin(actor: Actor, row: Campaign, people: QuerySet[Person]) -> int:
    """Draw up the people of the locked campaign and let it run.

    :raises CampaignOver, NobodyConcerned: see start_campaign.
    """
    _step(row, "start", started_at=clock.now())
    number = draw_up(row, people)
    if not number:
        raise NobodyConcerned()
    Campaign.objects.filter(pk=row.pk).update(people=number)
    note(actor, events.CAMPAIGN_STARTED, row, people=number, started_at=row.started_at)
    return number


def extend_campaign(
    *, actor: Actor, campaign_id: UUID, due_on: date, grace_days: int, reason: str
) -> None:
    """Give everybody more time; who is held can write again until the new day.

    :raises NoSuchCampaign, Refused: not visible, not allowed.
    :raises CampaignOver: it does not run.
    :raises CampaignDetails: not later than before, holding earlier, or beyond the longest time.
    :raises ReasonTooShort, TextTooLong, TextUnsafe: the reason.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        row = locked_campaign(actor, Can.EXTEND_CAMPAIGN, campaign_id)
        problems = day_problems(clock.today(), row.starts_on, due_on, grace_days, days_rule())
        problems.pop("starts_on", None)
        if due_on <= row.due_on:
            problems["due_on"] = N_("The new day must be later than the one before.")
        held = moment_held(row.consequence, due_on, grace_days)
        if held is not None and row.held_from is not None and held < row.held_from:
            problems.setdefault("grace_days", N_("Give more grace days, or fewer."))
        if problems:
            raise CampaignDetails(problems)
        _step(row, "extend", due_on=due_on, grace_days=grace_days, held_from=held)
        # Whoever was told that the time is over is reminded anew by the new days.
        late = CampaignLine.objects.filter(campaign=row, done_at__isnull=True, told__gt=1)
        late.update(told=1)
        days = {"due_on": due_on, "grace_days": grace_days, "held_from": held}
        note(actor, events.CAMPAIGN_EXTENDED, row, **days, reason=reason)


def cancel_campaign(*, actor: Actor, campaign_id: UUID, reason: str) -> None:
    """Stop it: nothing more follows for anybody, and who was held can write at once.

    :raises NoSuchCampaign, Refused: not visible, not allowed.
    :raises CampaignOver: it ended or was canceled before.
    :raises ReasonTooShort, TextTooLong, TextUnsafe: the reason.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        row = locked_campaign(actor, Can.CANCEL_CAMPAIGN, campaign_id)
        _step(row, "cancel", ended_at=clock.now())
        note(actor, events.CAMPAIGN_CANCELED, row, reason=reason)


def end_campaigns(*, actor: Actor) -> int:
    """End those in which nobody is left to do anything; answers how many.

    :raises Refused: a person tried.
    """
    require(actor, Can.END_CAMPAIGN)
    left = CampaignLine.objects.filter(campaign=OuterRef("pk"), done_at__isnull=True)
    ended = 0
    with transaction.atomic():
        rows = Campaign.objects.select_for_update(skip_locked=True).filter(state=RUNNING)
        for row in rows.filter(~Exists(left))[:100]:
            _step(row, "end", ended_at=clock.now())
            note(actor, events.CAMPAIGN_ENDED, row, people=row.people)
            ended += 1
    return ended


def _step(row: Campaign, verb: str, **changes: Any) -> None:
    try:
        move(CAMPAIGN, row, verb, **changes)
    except NoSuchMove as error:
        raise CampaignOver() from error
