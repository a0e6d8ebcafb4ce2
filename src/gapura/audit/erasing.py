"""By which way this room erases each thing it holds of a person, besides the entries themselves."""

from gapura.audit.models import Export, SavedView
from gapura.kernel.erasures import blanks, declare, deletes
from gapura.kernel.texts import N_

declare(
    "audit",
    {
        "view": deletes(SavedView),
        "export": blanks(Export, actor="{}", filters="{}", reason=""),
        "assignment": N_(
            "Who was sent to look into which agency, and by which letter, is part of the proof of "
            "supervision (Government Regulation 60/2008)."
        ),
        "life": N_(
            "Entries stay without a personal value: that something was done is proven by them "
            "(Government Regulation 71/2019: audit trail). They bear your username."
        ),
    },
)
