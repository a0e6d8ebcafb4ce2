"""How codes of the catalog are shown: words, colors and units, as the templates take them."""

from collections.abc import Mapping
from dataclasses import dataclass

from gapura.catalog.queries import (
    CLAIM_REASONS,
    FREEZE_REASONS,
    LABELS,
    ORIGINS,
    REJECT_REASONS,
    TAX_CLASSES,
    UNITS,
)
from gapura.web.shell.states import CLAIMS, PRODUCTS, VERSIONS, Words

# What a label is called on a card, where there is no room for its whole name.
SHORT_LABELS = {"tkdn": "TKDN", "bmp": "BMP", "sni": "SNI", "pdn": "PDN", "umk": "UMK"}


@dataclass(frozen=True, slots=True)
class Looks:
    """Tables of marked texts."""

    products: Words
    versions: Words
    claims: Words
    units: Mapping[str, str]
    origins: Mapping[str, str]
    taxes: Mapping[str, str]
    labels: Mapping[str, str]
    short: Mapping[str, str]
    rejects: Mapping[str, str]
    freezes: Mapping[str, str]
    refusals: Mapping[str, str]


_LOOKS = Looks(
    PRODUCTS,
    VERSIONS,
    CLAIMS,
    UNITS,
    ORIGINS,
    TAX_CLASSES,
    LABELS,
    SHORT_LABELS,
    REJECT_REASONS,
    FREEZE_REASONS,
    CLAIM_REASONS,
)


def looks() -> Looks:
    """The tables, the same for every page."""
    return _LOOKS
