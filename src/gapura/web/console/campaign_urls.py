"""Pages of campaigns of verifying again."""

from gapura.accounts.permissions import Can
from gapura.web.console import campaigns
from gapura.web.shell.pages import Page

_POST = ("POST",)
_CAMPAIGNS = "console/campaigns"
_CAMPAIGN = f"{_CAMPAIGNS}/<uuid:campaign_id>"
CAMPAIGNS = (
    Page(_CAMPAIGNS, campaigns.show, Can.LIST_CAMPAIGNS, name="campaigns"),
    Page(
        f"{_CAMPAIGNS}/new", campaigns.new, Can.DRAFT_CAMPAIGN, ("GET", "POST"), name="campaign-new"
    ),
    Page(_CAMPAIGN, campaigns.one, Can.SEE_CAMPAIGN, on_object=True, name="campaign"),
    Page(
        f"{_CAMPAIGN}/start",
        campaigns.start,
        Can.START_CAMPAIGN,
        _POST,
        True,
        name="campaign-start",
    ),
    Page(
        f"{_CAMPAIGN}/extend",
        campaigns.extend,
        Can.EXTEND_CAMPAIGN,
        _POST,
        True,
        name="campaign-extend",
    ),
    Page(
        f"{_CAMPAIGN}/cancel",
        campaigns.cancel,
        Can.CANCEL_CAMPAIGN,
        _POST,
        True,
        name="campaign-cancel",
    ),
)
