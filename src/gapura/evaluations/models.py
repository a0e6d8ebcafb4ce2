"""Ratings of orders by their buyers, and the dated numbers of this room."""

from django.db import models
from django.db.models import F, Q

from gapura.evaluations.rules import LEAST, LONGEST_NOTE, MOST
from gapura.kernel.dated import DatedRule
from gapura.kernel.ids import uuid7


class EvaluationRule(DatedRule):
    """`weights` of the criteria in percent, `change_days`, `least_orders` behind a share."""


class Rating(models.Model):
    """What the commitment officer said of one order's supplier, once; the newest answer counts.

    `agency` is the code of the order's agency. Scores are 1 (worst) to 5.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.OneToOneField("purchasing.Order", models.PROTECT, related_name="+")
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="+")
    agency = models.CharField(max_length=20)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    grant = models.UUIDField()
    quality = models.PositiveSmallIntegerField()
    cost = models.PositiveSmallIntegerField()
    time = models.PositiveSmallIntegerField()
    service = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    quality__range=(LEAST, MOST),
                    cost__range=(LEAST, MOST),
                    time__range=(LEAST, MOST),
                    service__range=(LEAST, MOST),
                ),
                name="rating_scores",
            ),
            models.CheckConstraint(
                condition=Q(changed_at__gte=F("given_at")), name="rating_changed_after_given"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "given_at"], name="rating_company"),
            models.Index(fields=["agency", "company"], name="rating_agency"),
        ]
