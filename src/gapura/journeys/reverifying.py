"""Campaigns of verifying again, where whom they concern is known to rooms above the accounts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gapura.access.queries import ROLES, people_holding
from gapura.accounts import services
from gapura.accounts.errors import CampaignDetails, CampaignOver, NobodyConcerned
from gapura.accounts.queries import (
    AgencyCount,
    CampaignRow,
    campaign_for,
    count_concerned,
    planned_campaigns,
)
from gapura.accounts.services import CampaignWish
from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.organizations.queries import agencies_by_code


def draft(*, actor: Actor, wish: CampaignWish) -> UUID:
    """Prepare a campaign for people of an agency or a role that there is; answers its id.

    :raises CampaignDetails: every problem by field.
    """
    unknown = {
        "agency": lambda: not agencies_by_code({wish.among}),
        "role": lambda: wish.among not in ROLES,
    }
    if wish.audience in unknown and unknown[wish.audience]():
        raise CampaignDetails({"among": N_("Choose which ones.")})
    return services.draft_campaign(actor=actor, wish=wish)


def start(*, actor: Actor, campaign_id: UUID) -> int:
    """Begin a campaign, or set it to begin on its day; answers how many it concerns (0: planned).

    :raises NoSuchCampaign, Refused, CampaignOver, NobodyConcerned: see `accounts.services`.
    """
    row = campaign_for(actor, campaign_id)
    return services.start_campaign(actor=actor, campaign_id=campaign_id, among=_among(row))


def concerns(actor: Actor, row: CampaignRow) -> int:
    """How many a campaign would concern if it began now.

    :raises NoSuchCampaign: not for this actor.
    """
    return count_concerned(actor, row.id, _among(row))


def begin_planned(*, actor: Actor) -> int:
    """Begin the campaigns whose day has come; answers how many.

    One that concerns nobody any more stays planned, and its page says so.
    """
    begun = 0
    for campaign_id, audience, among in planned_campaigns(actor):
        people = people_holding(among) if audience == "role" else None
        try:
            services.start_campaign(actor=actor, campaign_id=campaign_id, among=people)
        except (CampaignOver, NobodyConcerned):
            continue
        begun += 1
    return begun


def names_of(counts: Iterable[AgencyCount]) -> dict[str, str]:
    """The names of the agencies in a campaign's numbers."""
    found = agencies_by_code({each.agency for each in counts if each.agency})
    return {code: agency.name for code, agency in found.items()}


def _among(row: CampaignRow) -> QuerySet[Any, Any] | None:
    return people_holding(row.among) if row.audience == "role" else None
