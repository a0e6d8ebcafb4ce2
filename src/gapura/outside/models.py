"""What was asked of whom, how each authority stands, and the official holidays."""

from django.db import models

from gapura.kernel.ids import uuid7
from gapura.outside.authorities import AUTHORITIES
from gapura.outside.rules import HOLIDAY_KINDS


class Check(models.Model):
    """One question to one authority. Never what was asked or answered, only the keyed hash of both.

    `outcome` is `answered`, or in one word why there is no answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)
    result_hash = models.CharField(max_length=64, blank=True, default="")
    reference = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "asked_at"]),
            models.Index(fields=["authority", "asked_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(authority__in=tuple(AUTHORITIES)), name="check_of_an_authority"
            )
        ]


class Breaker(models.Model):
    """One row an authority, shared by all processes: after failures it is left alone for a while.

    `retry_at` is set while it is down; `failures` are those since the last good answer.
    """

    authority = models.CharField(max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=20, blank=True, default="")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    retry_at = models.DateTimeField(null=True)


class OfficialHoliday(models.Model):
    """One day off as the authority published it; a year without rows is worked out instead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    region = models.CharField(max_length=10, blank=True, default="")
    source = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "region"], name="one_holiday_a_day_and_region"),
            models.CheckConstraint(
                condition=models.Q(kind__in=HOLIDAY_KINDS), name="holiday_kind_is_known"
            ),
        ]
