"""The kernel's own two small tables."""

from django.db import models


class Reference(models.Model):
    """The last number given out per prefix and year."""

    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="one_reference_row")]


class Throttle(models.Model):
    """How often something happened in one window."""

    key = models.BinaryField(max_length=32)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window_start"], name="one_window_row")
        ]
        indexes = [models.Index(fields=["window_start"])]
