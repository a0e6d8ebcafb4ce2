"""Columns that several tables have."""

from typing import Any

from django.db import models


def quantity_column(default: int | None = None) -> "models.DecimalField[Any, Any]":
    """An amount of goods with four decimals; whole for what cannot be divided."""
    options: dict[str, Any] = {} if default is None else {"default": default}
    return models.DecimalField(max_digits=18, decimal_places=4, **options)
