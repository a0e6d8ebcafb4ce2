"""The one row that a wide queryset finds."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def single(rows: QuerySet[M]) -> M | None:
    """The row of a queryset that finds at most one, or None.

    Unlike `first` without an order: Django compares what it orders by with every column, which for
    a row with its people and places takes longer than the statement.
    """
    return next(iter(rows.order_by()[:1]), None)
