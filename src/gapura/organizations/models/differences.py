"""Where an authority says something else of a company than what is kept here."""

from django.db import models
from django.db.models import Q

from gapura.kernel.ids import uuid7
from gapura.organizations.kinds import COMPARED, COMPARED_FIELDS, SETTLED


class CompanyDifference(models.Model):
    """One field on which we and an authority differ, from `found_at` until it was settled.

    Never edited but for its end. Numbers stand here masked. `result_hash` proves the answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="differences")
    field = models.CharField(max_length=12)
    ours = models.TextField()
    theirs = models.TextField()
    authority = models.CharField(max_length=20)
    reference = models.CharField(max_length=80)
    result_hash = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "field"],
                condition=Q(settled_at__isnull=True),
                name="one_open_difference_a_field",
            ),
            models.CheckConstraint(
                condition=Q(field__in=list(COMPARED_FIELDS)), name="difference_field"
            ),
            models.CheckConstraint(
                condition=Q(authority__in=list(COMPARED)), name="difference_authority"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled="")
                | Q(settled_at__isnull=False, settled__in=list(SETTLED)),
                name="difference_settled_somehow",
            ),
        ]
