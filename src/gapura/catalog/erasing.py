"""By which way this room erases each thing it holds of a person."""

from gapura.catalog.models import Choice
from gapura.kernel.erasures import declare, deletes
from gapura.kernel.texts import N_

_COMPANYS = N_(
    "What a company offers is the company's: orders rest on versions, prices and claims "
    "(Law 8/1997 article 11). Only your username stands beside it."
)

declare(
    "catalog",
    {
        "version": _COMPANYS,
        "claim": _COMPANYS,
        "price": _COMPANYS,
        "stock": _COMPANYS,
        "choice": deletes(Choice),
    },
)
