"""An access review at home and its lines, for the walk."""

from collections.abc import Callable
from datetime import timedelta

from gapura.access.models import Review, ReviewLine
from gapura.access.services import open_review
from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import HOME
from gapura.ops.seeding.people import acting

Things = dict[str, object]

_WHY = "Peninjauan akses tahunan."


def _reviews() -> Things:
    """Open at home; that of the platform is the platform's own."""
    if Review.objects.exists():
        found = {row.agency_id or "": row.id for row in Review.objects.all()}
        return {"of D32": found[HOME], "of the platform": found[""]}
    admin = acting(persona_id("admin"), "admin_platform")
    keeper = acting(persona_id("admin_instansi"), "admin_instansi")
    return {
        "of D32": open_review(actor=keeper, agency=HOME, reason=_WHY),
        "of the platform": open_review(actor=admin, agency="", reason=_WHY),
    }


def _lines() -> Things:
    """Of each level: the agency's administrator answers for ppk, the platform for verifikator."""
    _reviews()
    lines = ReviewLine.objects.order_by("id")
    return {
        "about ppk": lines.filter(person=persona_id("ppk"), role="ppk").values_list("id").get()[0],
        "about verifikator": lines.filter(person=persona_id("verifikator"))
        .values_list("id")
        .get()[0],
    }


_DAY = clock.today() + timedelta(days=60)
_LATER = {"due_on-day": _DAY.day, "due_on-month": _DAY.month, "due_on-year": _DAY.year}
MAKERS: dict[str, Callable[[], Things]] = {"review_id": _reviews, "line_id": _lines}
FORMS: dict[str, dict[str, object]] = {
    "access-review-new": {"agency": HOME, "reason": _WHY, "overdue": "keep", **_LATER},
    "access-review-remove": {"reason_code": "moved", "reason": "Sudah pindah ke unit lain."},
    "access-review-extend": {"reason": "Banyak yang sedang cuti.", **_LATER},
    "access-review-cancel": {"reason": "Dibuka karena keliru."},
}
