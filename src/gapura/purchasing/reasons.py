"""The coded reasons of this room and the ways of paying, each with its sentence; plain data."""

from gapura.kernel.texts import N_

# Why a commitment officer sends an order back or does not sign it.
REVIEW_REASONS = {
    "not_needed": N_("The goods are not needed (any more)"),
    "budget": N_("The budget line does not fit or is used up"),
    "price": N_("The price is not reasonable"),
    "wrong_goods": N_("The goods do not fit the need"),
    "conflict": N_("There may be a conflict of interest"),
    "other": N_("Another reason"),
}
# Why a supplier does not take an order.
DECLINE_REASONS = {
    "no_stock": N_("The goods are not in stock"),
    "price": N_("The goods cannot be delivered at this price"),
    "place": N_("The place of delivery cannot be reached"),
    "time": N_("The goods cannot be delivered in time"),
    "other": N_("Another reason"),
}
# Why a running order should be cancelled.
CANCEL_REASONS = {
    "force_majeure": N_("Force majeure"),
    "cannot_deliver": N_("The supplier cannot deliver"),
    "not_needed": N_("The goods are not needed (any more)"),
    "mistake": N_("The order was made by mistake"),
    "other": N_("Another reason"),
}
REASONS = {**REVIEW_REASONS, **DECLINE_REASONS, **CANCEL_REASONS}

# How a treasurer pays: petty cash, directly from the treasury, by the government's credit card.
CHANNELS = {
    "up": N_("Petty cash (UP)"),
    "ls": N_("Direct payment (LS)"),
    "kkp": N_("Government credit card (KKP)"),
    "outside": N_("Outside this system"),
}
