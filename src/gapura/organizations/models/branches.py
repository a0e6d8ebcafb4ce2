"""Branches of companies, and how the answers of the authorities about a company changed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from gapura.kernel.ids import uuid7
from gapura.organizations.kinds import ANSWERING
from gapura.organizations.models.companies import DayRange


class CompanyBranch(models.Model):
    """A place of business of a company, active from `since` to `until` (its last day; null: open).

    `number` are the last six digits of its NITKU (PER-6/PJ/2024); the sixteen before them are the
    company's own tax number, which is kept once, sealed. Name, address and region of an open row
    may be corrected; a branch that opens again is a new row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="branches")
    number = models.CharField(max_length=6)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    region = models.ForeignKey("organizations.Region", models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{6}$"), name="branch_number"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="branch_ends_after_it_began",
            ),
            ExclusionConstraint(
                name="one_branch_of_a_number_a_day",
                expressions=[
                    (F("company"), RangeOperators.EQUAL),
                    (F("number"), RangeOperators.EQUAL),
                    (DayRange(F("since"), F("until"), Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class CompanyAnswer(models.Model):
    """What an authority said of a company from `first_at` to `last_at`, as long as it said that.

    When it says something else, a new row begins, also when it returns to what it said before:
    A, B, A are three rows, of which none is lost. `said` is plain and holds no number in clear;
    `digest` is made of what was said, `result_hash` proves the last answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="answers")
    authority = models.CharField(max_length=20)
    said = models.JSONField()
    digest = models.CharField(max_length=64)
    reference = models.CharField(max_length=80)
    result_hash = models.CharField(max_length=64)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(authority__in=list(ANSWERING)), name="answer_authority"
            ),
            models.UniqueConstraint(
                fields=["company", "authority"],
                condition=Q(ended_at__isnull=True),
                name="one_present_answer_of_an_authority",
            ),
            models.CheckConstraint(
                condition=Q(last_at__gte=F("first_at")), name="answer_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["company", "-first_at"], name="answers_of_company")]
