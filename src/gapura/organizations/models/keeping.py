"""How units and agencies are kept true: what changes from when, past names, confirmations."""

from django.db import models
from django.db.models import F, Q

from gapura.kernel.dated import DatedRule
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7
from gapura.organizations.kinds import ENDINGS, PLACE_CHANGES, STAY_OR_END


class PlaceRule(DatedRule):
    """Periods of this room: how often units are confirmed, when people are reminded of what."""


class PlaceChange(models.Model):
    """A unit or an agency gets another name, place in the tree or successor, or ends.

    It counts from the legal day `from_day` on; `applied_at` is when names and tree followed.
    Never edited but for that, and for being canceled before its day. `deed` is what orders it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="changes")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    from_day = models.DateField()
    before = models.CharField(max_length=200, blank=True, default="")
    after = models.CharField(max_length=200, blank=True, default="")
    new_parent = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="+"
    )
    successor = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    grants = models.CharField(max_length=4, blank=True, default="")
    deed = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    canceled_at = models.DateTimeField(null=True)
    canceled_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(PLACE_CHANGES)), name="change_kind"),
            models.CheckConstraint(
                condition=Q(grants="") | Q(grants__in=list(STAY_OR_END)), name="change_grants"
            ),
            models.CheckConstraint(
                condition=~Q(kind="merged")
                | Q(unit__isnull=False, successor__isnull=False, grants__in=list(STAY_OR_END)),
                name="merged_unit_has_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("unit")),
                name="unit_does_not_succeed_itself",
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(canceled_at__isnull=True),
                name="applied_change_stays",
            ),
            # A place ends once; of the other changes one of a kind waits for its day.
            models.UniqueConstraint(
                fields=["agency", "unit"],
                condition=Q(kind__in=list(ENDINGS), canceled_at__isnull=True),
                nulls_distinct=False,
                name="a_place_ends_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "unit", "kind"],
                condition=Q(applied_at__isnull=True, canceled_at__isnull=True),
                nulls_distinct=False,
                name="one_waiting_change_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["from_day"],
                name="change_to_apply",
                condition=Q(applied_at__isnull=True, canceled_at__isnull=True),
            ),
            models.Index(fields=["unit"], name="change_of_unit"),
        ]


class PlaceName(models.Model):
    """What a unit, or an agency (no unit), was called until before the legal day `until`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="past_names")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    until = models.DateField()
    deed = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit", "until"],
                nulls_distinct=False,
                name="one_name_of_a_place_a_day",
            ),
        ]
        indexes = [models.Index(fields=["unit", "until"], name="past_name_of_unit")]


class UnitConfirmation(models.Model):
    """What an agency's administrator confirmed of a unit, and when. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="confirmations")
    address = models.CharField(max_length=300)
    npwp = SealedText(null=True)
    head_name = models.CharField(max_length=100)
    head_position = models.CharField(max_length=150)
    changed = models.JSONField(default=list)
    confirmed_by = models.UUIDField()
    confirmed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-confirmed_at"], name="confirmation_of_unit")]
