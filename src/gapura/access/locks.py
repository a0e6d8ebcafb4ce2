"""Holding rows that are about to change, before anything about them is read."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet


def hold(rows: QuerySet[Any, Any], *, pass_by: bool = False, most: int | None = None) -> list[UUID]:
    """Lock rows of one table until the transaction ends; answers their ids in the order of `rows`.

    Read them, and what they are joined with, in a statement after this one: a statement that had
    to wait for its lock shows the joined tables as they were before it waited, so that a request
    could look undecided while it names who decided it. `pass_by` leaves rows that others hold.
    """
    found = rows.order_by(*(rows.query.order_by or ("pk",))).select_for_update(skip_locked=pass_by)
    return list(found.values_list("pk", flat=True)[:most])
