"""The four types of person and which numbers they have."""

from dataclasses import dataclass

from gapura.kernel.texts import N_


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of person; `number` is the name of the staff number, empty where there is none."""

    code: str
    name: str
    number: str
    official: bool


KINDS = {
    kind.code: kind
    for kind in (
        Kind("pns", N_("Civil servant (PNS)"), "NIP", True),
        Kind("pppk", N_("Contract civil servant (PPPK)"), "NI PPPK", True),
        Kind("tni_polri", N_("Armed forces or police (TNI/Polri)"), "NRP", True),
        Kind("citizen", N_("Other citizen"), "", False),
    )
}
