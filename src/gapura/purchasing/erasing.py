"""By which way this room erases each thing it holds of a person: papers of procurement stay."""

from gapura.kernel.erasures import declare
from gapura.kernel.texts import N_

PAPERS = N_(
    "What was done in office for an order is part of its papers, kept for ten years "
    "(Law 8/1997 article 11, Law 43/2009 on archives)."
)

declare(
    "purchasing",
    dict.fromkeys(
        ("bought", "answered_for", "moment", "offer", "signature", "delivery", "payment"), PAPERS
    ),
)
