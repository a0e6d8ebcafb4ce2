"""Legal numbers as dated rows, superseded by a new row and never edited."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from gapura.kernel.ids import uuid7


class DatedRule(models.Model):
    """One value of one key from `valid_from` until before `valid_to` (null: open), in one scope.

    `basis` is the citation. Each room owns a table of its own by subclassing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=80)
    scope = models.CharField(max_length=40, blank=True, default="")
    value = models.JSONField()
    basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def row_at(cls, key: str, day: date, scope: str = "") -> Self | None:
        """The row in force on `day`; a row of the scope goes before one without scope."""
        rows = cls._default_manager.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            key=key,
            scope__in={scope, ""},
            valid_from__lte=day,
        )
        return rows.order_by("-scope", "-valid_from").first()

    @classmethod
    def value_at(cls, key: str, day: date, scope: str = "") -> Any:
        """The value in force on `day`.

        :raises LookupError: when no row covers the day: a legal number is never guessed.
        """
        row = cls.row_at(key, day, scope)
        if row is None:
            raise LookupError(f"no rule {key!r} for scope {scope!r} on {day}")
        return row.value
