"""Regions, agencies and their units, and the letters (SK) that appoint people."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from gapura.kernel import clock
from gapura.kernel.ids import uuid7


class Region(models.Model):
    """A province (`32`) or a regency or city in it (`32.01`), as Permendagri codes them."""

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=100)


class Agency(models.Model):
    """A buying body (K/L/PD). `short` holds other names people search it by, divided by commas."""

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=20)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["ministry", "agency", "province", "regency", "city"]),
                name="agency_kind",
            ),
        ]


class Unit(models.Model):
    """A working unit (satker); `zone` decides on which day its legal dates begin and end."""

    code = models.CharField(primary_key=True, max_length=30)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=20, default=clock.JAKARTA)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(zone__in=list(clock.ZONES)), name="unit_zone"),
            models.CheckConstraint(condition=~Q(parent=F("code")), name="unit_not_its_own_parent"),
        ]


class AppointmentLetter(models.Model):
    """One person's copy of an appointment letter: what it says and the file that proves it.

    `valid` is half-open: the day after the last one stands at its end. A letter is never changed;
    it is revoked, and every grant that rests on it ends at that moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    number = models.CharField(max_length=100)
    signed_on = models.DateField()
    signer_name = models.CharField(max_length=100)
    signer_position = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="letters")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="letters")
    valid = DateRangeField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT)
    created_by = models.UUIDField()
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    revoke_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False)
                & Q(valid__lower_inf=False)
                & Q(valid__upper_inf=False),
                name="letter_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False),
                name="letter_revoked_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "number"], name="letter_number"),
            models.Index(fields=["created_by"], name="letter_owner"),
        ]
