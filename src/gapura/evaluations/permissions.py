"""What can be asked of supplier performance."""

from enum import StrEnum


class Can(StrEnum):
    """The permissions of this room."""

    RATE = "evaluations.rating.rate"
    COMPARE = "evaluations.supplier.compare"
    SEE_OWN = "evaluations.supplier.see_own"
