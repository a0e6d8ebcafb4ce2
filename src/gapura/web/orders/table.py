"""All steps of an order, in the order in which the order's page offers them."""

from gapura.web.orders import buying, changing, deciding, delivering, paying
from gapura.web.orders.acts import Act

ACTS: tuple[Act, ...] = (
    *buying.ACTS,
    *deciding.ACTS,
    *delivering.ACTS,
    *paying.ACTS,
    *changing.ACTS,
)
BY_VERB = {act.verb: act for act in ACTS}
