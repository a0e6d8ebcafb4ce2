"""Permissions about data requests and copies in the words of people."""

from gapura.kernel.texts import N_

PRIVACY_DEEDS = {
    "privacy.data.see": N_("See all that is held about oneself"),
    "privacy.copy.ask": N_("Ask for a copy of one's own data"),
    "privacy.copy.fetch": N_("Download a copy of one's own data"),
    "privacy.copy.make": N_("Make a copy of somebody's data"),
    "privacy.request.ask": N_("Ask for a correction or restriction of one's own data"),
    "privacy.request.withdraw": N_("Withdraw a request about one's own data"),
    "privacy.request.list": N_("See the list of data requests"),
    "privacy.request.see": N_("Read a data request"),
    "privacy.request.take": N_("Take on a data request"),
    "privacy.request.fulfill": N_("Fulfill a data request"),
    "privacy.request.refuse": N_("Refuse a data request"),
    "privacy.request.escalate": N_("Bring an overdue data request to the officer"),
    "privacy.restriction.lift": N_("Lift the restriction on one's own data"),
}
