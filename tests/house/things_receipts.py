"""Receipts for the walk: the code of an entry that a mail told of."""

from gapura.audit.models import LogEvent

Things = dict[str, object]


def _receipts() -> Things:
    """One that is not signed yet: the walk makes no tree."""
    return {"of ppk": LogEvent.objects.filter(name="access.grant.activated").earliest("id").id}


MAKERS = {"receipt_id": _receipts}
FORMS: dict[str, dict[str, object]] = {"log-verify": {"receipt": "0/1"}}
