"""Dated law as tables: roles that exclude each other, who may stand in; what the sweep found."""

from django.db import models
from django.db.models import Q

from gapura.access.kinds import EXCEPTIONS, REACHES, SEVERITIES, STANDINGS
from gapura.access.models.grants import Grant
from gapura.access.roles import ROLES
from gapura.kernel.ids import uuid7


class ConflictRule(models.Model):
    """That one person may not hold `role` and `other`, within `reach`, from day to day.

    The pair has no order: it is stored once, `role` before `other` in the alphabet; both are the
    same code where nobody may decide on their own. `exception` names a condition that lifts it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40)
    role = models.CharField(max_length=30)
    other = models.CharField(max_length=30)
    reach = models.CharField(max_length=10)
    severity = models.CharField(max_length=5)
    exception = models.CharField(max_length=30, blank=True, default="")
    basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=list(ROLES), other__in=list(ROLES)), name="conflict_roles"
            ),
            models.CheckConstraint(condition=Q(reach__in=list(REACHES)), name="conflict_reach"),
            models.CheckConstraint(
                condition=Q(severity__in=list(SEVERITIES)), name="conflict_severity"
            ),
            models.CheckConstraint(
                condition=Q(exception__in=["", *EXCEPTIONS]), name="conflict_exception"
            ),
            models.UniqueConstraint(
                fields=["code", "role", "other", "valid_from"], name="one_conflict_rule_a_day"
            ),
        ]


class StandingRule(models.Model):
    """That `role` may be stood in for as `standing`, for at most `days` and so many `extensions`.

    `without` are permissions that who stands in does not have.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.CharField(max_length=30)
    standing = models.CharField(max_length=12)
    days = models.PositiveSmallIntegerField()
    extensions = models.PositiveSmallIntegerField(default=0)
    without = models.JSONField(default=list)
    basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="standing_rule_role"),
            models.CheckConstraint(
                condition=Q(standing__in=STANDINGS[1:]), name="standing_rule_kind"
            ),
            models.UniqueConstraint(
                fields=["role", "standing", "valid_from"], name="one_standing_rule_a_day"
            ),
        ]


class ConflictFinding(models.Model):
    """Two grants of one person that exclude each other, as the nightly sweep found them.

    Cleared when one of them no longer works; or accepted, with the reason, by who may.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(ConflictRule, models.PROTECT, related_name="+")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    other = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "grant", "other"],
                name="one_open_finding",
                condition=Q(cleared_at__isnull=True),
            ),
        ]
