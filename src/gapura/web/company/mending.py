"""Who mends a fact about a company that is not right, and where."""

from dataclasses import dataclass

from gapura.kernel.texts import N_

OSS_SITE = "https://oss.go.id"
TAX_SITE = "https://www.pajak.go.id"
LIST_SITE = "https://daftar-hitam.inaproc.id"


@dataclass(frozen=True, slots=True)
class Way:
    """Who mends it and how, and the place where that is done."""

    who: str
    link: str
    place: str


_AT_OSS = Way(
    N_("You, at OSS: change it there, then have it asked again here."),
    OSS_SITE,
    N_("Open OSS"),
)
_AT_TAX = Way(
    N_("You, at the tax office: change it there, then have it asked again here."),
    TAX_SITE,
    N_("Open the tax office's site"),
)
_DESK = "/help/contact"
MENDING = {
    "licence": Way(
        N_("Whoever revoked it, or OSS. Bring their decision to the helpdesk if OSS is wrong."),
        OSS_SITE,
        N_("Open OSS"),
    ),
    "owner": Way(
        N_("The new director: registers the deed at OSS, then takes the company over here."),
        "/company/people",
        N_("People of the company"),
    ),
    "npwp": Way(
        N_("OSS and the tax office must name the same number. Then the helpdesk enters it here."),
        _DESK,
        N_("Write to the helpdesk"),
    ),
    "tax_name": _AT_TAX,
    "tax_status": _AT_TAX,
    "taxable": _AT_TAX,
    "listed": Way(
        N_("Whoever decided it. What they take back counts here the night after."),
        LIST_SITE,
        N_("Open the national blacklist"),
    ),
}


def way_of(field: str) -> Way:
    """Who mends a field; what is not named is mended at OSS."""
    return MENDING.get(field, _AT_OSS)
