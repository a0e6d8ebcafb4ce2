"""The lives of a product, of one of its versions and of a label's claim, as tables.

A product that is listed stays so while a new version of it is in review.
"""

from gapura.catalog.permissions import Can
from gapura.kernel.states import Machine, Step

DRAFT, IN_REVIEW, NEEDS_FIX = "draft", "in_review", "needs_fix"
LISTED, WITHDRAWN, FROZEN, TAKEN_DOWN = "listed", "withdrawn", "frozen", "taken_down"
PUBLISHED, REJECTED, SUPERSEDED = "published", "rejected", "superseded"
CLAIMED, VERIFIED, EXPIRED = "claimed", "verified", "expired"

# Seen by buyers; a frozen product can be looked at but not ordered.
VISIBLE = frozenset({LISTED, FROZEN})

_SUBMITTED = "catalog.product.submitted"
_APPROVED = "catalog.product.approved"
_REJECTED = "catalog.product.rejected"
_WITHDRAWN = "catalog.product.withdrawn"
_DOWN = "catalog.product.taken_down"

PRODUCT = Machine(
    name="catalog.product",
    start=DRAFT,
    ends=frozenset({TAKEN_DOWN}),
    states=(DRAFT, IN_REVIEW, NEEDS_FIX, LISTED, WITHDRAWN, FROZEN, TAKEN_DOWN),
    steps=(
        Step("submit", DRAFT, IN_REVIEW, Can.SUBMIT, _SUBMITTED),
        Step("approve", IN_REVIEW, LISTED, Can.APPROVE, _APPROVED),
        Step("reject", IN_REVIEW, NEEDS_FIX, Can.REJECT, _REJECTED),
        Step("resubmit", NEEDS_FIX, IN_REVIEW, Can.RESUBMIT, "catalog.product.resubmitted"),
        # A new version of what is in the catalog.
        Step("submit", LISTED, LISTED, Can.SUBMIT, _SUBMITTED),
        Step("approve", LISTED, LISTED, Can.APPROVE, _APPROVED),
        Step("reject", LISTED, LISTED, Can.REJECT, _REJECTED),
        Step("submit", FROZEN, FROZEN, Can.SUBMIT, _SUBMITTED),
        Step("approve", FROZEN, FROZEN, Can.APPROVE, _APPROVED),
        Step("reject", FROZEN, FROZEN, Can.REJECT, _REJECTED),
        Step("withdraw", LISTED, WITHDRAWN, Can.WITHDRAW, _WITHDRAWN),
        Step("relist", WITHDRAWN, IN_REVIEW, Can.RELIST, "catalog.product.relisted"),
        Step("freeze", LISTED, FROZEN, Can.FREEZE, "catalog.product.frozen"),
        Step("unfreeze", FROZEN, LISTED, Can.UNFREEZE, "catalog.product.unfrozen"),
        Step("take_down", LISTED, TAKEN_DOWN, Can.TAKE_DOWN, _DOWN),
        Step("take_down", FROZEN, TAKEN_DOWN, Can.TAKE_DOWN, _DOWN),
        Step("take_down", WITHDRAWN, TAKEN_DOWN, Can.TAKE_DOWN, _DOWN),
    ),
)

VERSION = Machine(
    name="catalog.version",
    start=DRAFT,
    ends=frozenset({SUPERSEDED, REJECTED}),
    states=(DRAFT, IN_REVIEW, PUBLISHED, REJECTED, SUPERSEDED),
    steps=(
        Step("submit", DRAFT, IN_REVIEW, Can.SUBMIT, _SUBMITTED),
        Step("approve", IN_REVIEW, PUBLISHED, Can.APPROVE, _APPROVED),
        Step("reject", IN_REVIEW, REJECTED, Can.REJECT, _REJECTED),
        Step("supersede", PUBLISHED, SUPERSEDED, Can.APPROVE, _APPROVED),
        # The company takes the product out while a new version waits.
        Step("recall", IN_REVIEW, DRAFT, Can.WITHDRAW, _WITHDRAWN),
    ),
)

CLAIM = Machine(
    name="catalog.claim",
    start=CLAIMED,
    ends=frozenset({VERIFIED, REJECTED}),
    states=(CLAIMED, VERIFIED, REJECTED),
    steps=(
        Step("verify", CLAIMED, VERIFIED, Can.VERIFY_CLAIM, "catalog.claim.verified"),
        Step("reject_claim", CLAIMED, REJECTED, Can.REJECT_CLAIM, "catalog.claim.rejected"),
    ),
)
