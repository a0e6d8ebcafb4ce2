"""What this room holds of people: their requests about their data, restrictions and copies."""

from gapura.kernel.holdings import Holding, Table
from gapura.kernel.texts import N_
from gapura.privacy.models import BreachPerson, Copy, DataRequest, Erasure, Restriction


def _held(name: str, title: str, read: Table) -> Holding:
    return Holding(f"privacy.{name}", title, "messages", "account_for", "duty", "account", read)


REQUESTS = _held(
    "request",
    N_("Your requests about your data"),
    Table(
        DataRequest,
        (
            "reference", "kind", "field", "wanted", "text", "state", "asked_at", "due_at",
            "ended_at", "answer",
        ),
    ),
)  # fmt: skip
RESTRICTIONS = _held(
    "restriction",
    N_("When the processing of your data was restricted"),
    Table(Restriction, ("request__reference", "since", "ended_at")),
)
COPIES = _held(
    "copy",
    N_("Copies of your data that you asked for"),
    Table(Copy, ("request__reference", "asked_at", "finished_at", "rows", "expires_at", "gone_at")),
)
ERASURES = _held(
    "erasure",
    N_("When you asked to be erased"),
    Table(Erasure, ("reference", "state", "asked_at", "due_at", "ended_at", "reason")),
)
BREACHES = _held(
    "breach",
    N_("Breaches that concern you, and when you were told"),
    Table(BreachPerson, ("breach__reference", "breach__what", "found_by", "told_at")),
)
