"""Short guides by role, as data: what one does here, in the order in which one does it."""

from gapura.web.help.guides.buying import BUYING
from gapura.web.help.guides.overseeing import OVERSEEING
from gapura.web.help.guides.selling import SELLING
from gapura.web.help.guides.steps import Guide, GuideStep

# By the last part of the address; every role stands in exactly one of them.
GUIDES = {**BUYING, **SELLING, **OVERSEEING}


def guide_for(role: str) -> str:
    """The address of the guide for a role code; /help without one."""
    found = next((slug for slug, guide in GUIDES.items() if role in guide.roles), "")
    return f"/help/guides/{found}" if found else "/help"


__all__ = ["GUIDES", "Guide", "GuideStep", "guide_for"]
