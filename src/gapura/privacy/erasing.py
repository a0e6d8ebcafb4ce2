"""By which way this room erases each thing it holds of a person."""

from gapura.kernel.erasures import blanks, declare, deletes
from gapura.kernel.texts import N_
from gapura.privacy.models import BreachPerson, Copy, DataRequest

_REGISTER = N_(
    "That a right was asked for and answered has to be shown to the authority "
    "(UU 27/2022 Pasal 31); what you wrote is erased."
)

declare(
    "privacy",
    {
        "request": blanks(DataRequest, wanted=None, text=None, answer=None, evidence=None),
        "restriction": _REGISTER,
        "copy": deletes(Copy),
        "erasure": _REGISTER,
        "breach": deletes(BreachPerson),
    },
)
