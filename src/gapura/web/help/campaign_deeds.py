"""Verifying accounts again, in the words of people."""

from gapura.kernel.texts import N_

CAMPAIGN_DEEDS = {
    "accounts.campaign.list": N_("See the campaigns of verification"),
    "accounts.campaign.see": N_("See how far a campaign of verification is"),
    "accounts.campaign.draft": N_("Prepare a campaign of verification"),
    "accounts.campaign.start": N_("Begin a campaign of verification"),
    "accounts.campaign.extend": N_("Give the people of a campaign more time"),
    "accounts.campaign.cancel": N_("Cancel a campaign of verification"),
    "accounts.campaign.end": N_("End a campaign in which nobody is left"),
    "accounts.campaign.tell": N_("Tell the people of campaigns"),
    "accounts.reverification.see": N_("See whether one's own account must be verified again"),
    "accounts.reverification.report": N_("Say that one's own verified data has changed"),
    "accounts.reverification.confirm": N_("Verify one's own account again"),
}
