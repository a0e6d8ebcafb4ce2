"""Which verbs an actor may do to a product now; pages draw their buttons from it."""

from gapura.catalog.permissions import Can
from gapura.catalog.queries.views import Seen
from gapura.catalog.states import DRAFT, IN_REVIEW, LISTED, PRODUCT, TAKEN_DOWN
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may

# Moves that need a version in this state; other moves need none.
_NEEDS = {"submit": DRAFT, "resubmit": DRAFT, "approve": IN_REVIEW, "reject": IN_REVIEW}
_CONTENT = {
    "save": Can.SAVE,
    "add_picture": Can.ADD_PICTURE,
    "remove_picture": Can.REMOVE_PICTURE,
}
_ANY_TIME = {
    "set_price": Can.SET_PRICE,
    "set_stock": Can.SET_STOCK,
    "claim": Can.CLAIM,
    "verify_claim": Can.VERIFY_CLAIM,
}


def verbs_of(actor: Actor, seen: Seen, pending: str) -> frozenset[str]:
    """The verbs; `pending` is the state of the version being written or reviewed, or ""."""
    rights: dict[str, Can | str] = {
        step.verb: step.permission
        for step in PRODUCT.verbs_from(seen.state)
        if _NEEDS.get(step.verb, pending) == pending
    }
    if seen.state != TAKEN_DOWN:
        rights |= _ANY_TIME
        if pending != IN_REVIEW:
            rights |= _CONTENT
    if pending == IN_REVIEW:
        rights["review"] = Can.REVIEW
    if seen.state == LISTED:
        rights["choose"] = Can.CHOOSE
    return frozenset(verb for verb, right in rights.items() if may(actor, right, seen))
