"""Two accounts that may be one human: what speaks for it, and what was decided."""

from django.db import models
from django.db.models import F, Q

from gapura.accounts.choices import ANSWERS, DUPLICATE_STATES, OPEN_DUPLICATE
from gapura.accounts.models.people import Person
from gapura.kernel.ids import uuid7


class Duplicate(models.Model):
    """A pair, once, in the order of their ids. `evidence` is a list of codes of EVIDENCE.

    What the two said when asked stands in `first_says` and `second_says`. `closing` is the account
    that would end: both are told with the reason and have until `object_until`; whoever objects is
    `objected_by`, and somebody else than the first one decides on it (`upheld_by`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, default="found")
    score = models.PositiveSmallIntegerField()
    evidence = models.JSONField(default=list)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    first_says = models.CharField(max_length=10, blank=True, default="")
    second_says = models.CharField(max_length=10, blank=True, default="")
    closing = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    verdict_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    verdict_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    object_until = models.DateTimeField(null=True)
    objected_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    objected_at = models.DateTimeField(null=True)
    objection = models.CharField(max_length=1000, blank=True, default="")
    upheld_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    upheld_at = models.DateTimeField(null=True)
    upheld_reason = models.CharField(max_length=500, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_row_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(condition=Q(state__in=DUPLICATE_STATES), name="duplicate_state"),
            models.CheckConstraint(
                condition=Q(first_says__in=("", *ANSWERS)) & Q(second_says__in=("", *ANSWERS)),
                name="duplicate_answers",
            ),
            models.CheckConstraint(
                condition=Q(closing__isnull=True) | Q(closing=F("first")) | Q(closing=F("second")),
                name="closing_is_one_of_the_pair",
            ),
            # Nothing ends without a time to object that was told.
            models.CheckConstraint(
                condition=~Q(state__in=("announced", "objected", "upheld"))
                | Q(object_until__isnull=False, verdict_at__isnull=False),
                name="announced_duplicate_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(upheld_by__isnull=True) | ~Q(upheld_by=F("verdict_by")),
                name="objection_is_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-score", "found_at"],
                condition=Q(state__in=OPEN_DUPLICATE),
                name="open_duplicates",
            ),
            models.Index(fields=["second"], name="duplicates_by_second"),
        ]
