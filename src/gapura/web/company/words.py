"""Words and colors of companies, shared by the pages of this area."""

from datetime import date

from gapura.kernel.texts import N_
from gapura.organizations.queries import COMPARED_FIELDS, FORMS, OUTCOMES, PAPERS, SCALES
from gapura.web.shell.states import Words

STANDING_WORDS: Words = {
    "active": (N_("Active"), "teal"),
    "suspended": (N_("Suspended"), "orange"),
    "blacklisted": (N_("Blacklisted"), "red"),
    "revoked": (N_("Business license revoked"), "red"),
}
JOIN_WORDS: Words = {
    "waiting": (N_("Waiting for the company"), "blue"),
    "admitted": (N_("Admitted"), "teal"),
    "refused": (N_("Not admitted"), "red"),
    "withdrawn": (N_("Withdrawn"), "grey"),
}
SUCCESSION_WORDS: Words = {
    "cooling": (N_("The people of the company can object"), "blue"),
    "objected": (N_("Somebody objected; the helpdesk decides"), "orange"),
    "allowed": (N_("The helpdesk allowed it"), "blue"),
    "taken_over": (N_("Taken over"), "teal"),
    "withdrawn": (N_("Withdrawn"), "grey"),
    "refused": (N_("The helpdesk did not allow it"), "red"),
    "lapsed": (N_("Not taken over in time"), "grey"),
}
SOURCES = {
    "registry": N_("Civil registry (Dukcapil)"),
    "oss": N_("Business licensing (OSS)"),
    "tax": N_("Tax office (DJP)"),
    "blacklist": N_("National blacklist (Daftar Hitam)"),
}
# What a difference shows of codes; other values are shown as they are.
VALUES = {
    **FORMS,
    **SCALES,
    "yes": N_("Yes"),
    "no": N_("No"),
    "active": N_("Active"),
    "inactive": N_("Not active"),
    "not_found": N_("Not known there"),
    "revoked": N_("Revoked"),
    "as_registered": N_("Whoever registered the company"),
    "another": N_("Another one"),
}
TABLES = {
    "compared": COMPARED_FIELDS,
    "values": VALUES,
    "forms": FORMS,
    "scales": SCALES,
    "papers": PAPERS,
    "outcomes": OUTCOMES,
    "standings": STANDING_WORDS,
    "joins": JOIN_WORDS,
    "successions": SUCCESSION_WORDS,
    "sources": SOURCES,
}
"""What the templates of this area may look up."""


def day_of(text: str) -> date | None:
    """A day kept as ISO text, or None."""
    return date.fromisoformat(text) if text else None
