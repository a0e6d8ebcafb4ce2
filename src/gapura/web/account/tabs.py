"""The parts of the account, as the row of links at the top of each."""

from typing import TypedDict

from django.utils.translation import gettext

from gapura.kernel.texts import N_

TABS = (
    (N_("Profile"), "/account"),
    (N_("Sign-in and security"), "/account/security"),
    (N_("Access"), "/account/access"),
    (N_("What would I need?"), "/account/rights"),
    (N_("Applications"), "/account/applications"),
    (N_("Notices"), "/account/notices"),
    (N_("Activity"), "/account/activity"),
    (N_("Your data"), "/account/data"),
)


class Tab(TypedDict):
    """One link, as `parts.views` draws it."""

    text: str
    href: str
    current: bool


def tabs(here: str) -> list[Tab]:
    """All parts in the active language; `here` is the address of the one that is shown."""
    return [Tab(text=gettext(text), href=href, current=href == here) for text, href in TABS]
