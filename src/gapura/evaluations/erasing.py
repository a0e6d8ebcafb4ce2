"""By which way this room erases each thing it holds of a person."""

from gapura.kernel.erasures import declare
from gapura.kernel.texts import N_

declare(
    "evaluations",
    {
        "rating": N_(
            "A rating is an act of an office, kept with the papers of its order "
            "(Law 8/1997 article 11, Law 43/2009)."
        ),
    },
)
