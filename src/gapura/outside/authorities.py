"""The authorities we ask: their names, and what is said while one does not answer."""

from dataclasses import dataclass

from gapura.kernel.texts import N_


@dataclass(frozen=True, slots=True)
class Authority:
    """One service of someone else: its name, and what is said while it does not answer."""

    code: str
    name: str
    down: str


REGISTRY, OSS, TAX, BLACKLIST, MESSAGES, HOLIDAYS, SIRUP = (
    "registry",
    "oss",
    "tax",
    "blacklist",
    "messages",
    "holidays",
    "sirup",
)

AUTHORITIES = {
    one.code: one
    for one in (
        Authority(
            REGISTRY,
            N_("Civil registry (Dukcapil)"),
            N_("The civil registry does not answer properly at the moment."),
        ),
        Authority(
            OSS,
            N_("Business licensing (OSS)"),
            N_("The business licensing service (OSS) does not answer properly at the moment."),
        ),
        Authority(
            TAX,
            N_("Tax office (DJP)"),
            N_("The tax office's service does not answer properly at the moment."),
        ),
        Authority(
            BLACKLIST,
            N_("National blacklist"),
            N_("The national blacklist does not answer properly at the moment."),
        ),
        Authority(
            MESSAGES,
            N_("SMS and WhatsApp gateway"),
            N_("Messages to phones cannot be sent at the moment."),
        ),
        Authority(
            HOLIDAYS,
            N_("Holiday calendar"),
            N_("The service with the official holidays does not answer properly at the moment."),
        ),
        Authority(
            SIRUP,
            N_("Procurement plans (SiRUP)"),
            N_("The service for old SiRUP accounts does not answer properly at the moment."),
        ),
    )
}
