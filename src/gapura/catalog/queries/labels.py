"""Labels of a product with the state that dates give them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from gapura.catalog.models import Claim
from gapura.catalog.queries.views import ClaimView
from gapura.catalog.rules import DOMESTIC
from gapura.catalog.states import EXPIRED, VERIFIED
from gapura.kernel import clock
from gapura.kernel.prepared import Prepared

_COLUMNS = (
    "id",
    "kind",
    "state",
    "value",
    "number",
    "valid_to",
    "evidence_id",
    "claimed_at",
    "decided_at",
    "reason",
    "note",
)
_CLAIMS = Prepared(
    lambda product: (
        Claim.objects.filter(product=product).order_by("-claimed_at", "-id").values_list(*_COLUMNS)
    ),
    UUID(int=1),
)


def claims_of(product: UUID, *, inside: bool, origin: str) -> tuple[ClaimView, ...]:
    """The labels, newest first; others than company and curators see the verified ones only,
    without their papers. One query.
    """
    today = clock.today()
    found = [_dated(ClaimView(*row), today) for row in _CLAIMS.rows(product)]
    if inside:
        return tuple(found)
    return tuple(
        replace(one, evidence=None, note="")
        for one in found
        if one.state == VERIFIED and (origin == "local" or one.kind not in DOMESTIC)
    )


def _dated(view: ClaimView, today: date) -> ClaimView:
    past = view.valid_to is not None and view.valid_to < today
    return replace(view, state=EXPIRED) if past and view.state == VERIFIED else view
