"""Regions, agencies and their units, and the letters (SK) that appoint people."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from gapura.kernel import clock
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7
from gapura.organizations.states import LETTER, LIVE_LETTER


class Region(models.Model):
    """A province (`32`) or a regency or city in it (`32.01`), as Permendagri codes them."""

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=100)


class Agency(models.Model):
    """A buying body (K/L/PD). `short` holds other names people search it by, divided by commas.

    `successor` took over its work when it was closed. `reminded_at` is when its administrators were
    last told of units that they have to confirm.
    """

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=20)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT)
    closed_on = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["ministry", "agency", "province", "regency", "city"]),
                name="agency_kind",
            ),
        ]


class Unit(models.Model):
    """A working unit (satker); `zone` decides on which day its legal dates begin and end.

    `path` are the codes from the top of the tree down to this unit, each closed by a slash: all
    that lies below a unit begins with its path. `npwp` is the unit's own tax number.
    """

    code = models.CharField(primary_key=True, max_length=30)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=400, blank=True, default="")
    npwp = SealedText(null=True)
    address = models.CharField(max_length=300, blank=True, default="")
    zone = models.CharField(max_length=20, default=clock.JAKARTA)
    closed_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    head_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    head_position = models.CharField(max_length=150, blank=True, default="", db_default="")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "confirmed_at"], name="unit_to_confirm"),
            models.Index(fields=["path"], name="unit_path", opclasses=["varchar_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(zone__in=list(clock.ZONES)), name="unit_zone"),
            models.CheckConstraint(condition=~Q(parent=F("code")), name="unit_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(closed_on__isnull=False),
                name="ended_unit_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | Q(closed_on__isnull=False) & ~Q(merged_into=F("code")),
                name="merged_unit_is_closed",
            ),
        ]


class AppointmentLetter(models.Model):
    """An appointment letter: what it says and the file that proves it.

    Without a `state` it is one person's own copy, handed in with a request. With one it stands in
    the register of its agency: entered once, checked by another, naming many officers. `roles` and
    `budget_year` are its scope; a newer one `replaces` it.

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
    state = models.CharField(max_length=12, blank=True, default="")
    roles = models.JSONField(default=list)
    budget_year = models.PositiveSmallIntegerField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)
    check_reason = models.CharField(max_length=500, blank=True, default="")
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
            models.CheckConstraint(
                condition=Q(state__in=["", *LETTER.states]), name="letter_state"
            ),
            models.UniqueConstraint(
                "agency",
                Upper("number"),
                "signed_on",
                name="one_letter_in_the_register",
                condition=Q(state__in=LIVE_LETTER),
            ),
            # Nobody checks what they entered, whatever the code above says.
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("created_by")),
                name="letter_is_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("checked", "revoked", "replaced"))
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="checked_letter_was_checked",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("revoked", "replaced")) | Q(revoked_at__isnull=False),
                name="ended_letter_is_revoked",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "number"], name="letter_number"),
            models.Index(fields=["created_by"], name="letter_owner"),
            models.Index(
                fields=["agency"], name="letter_to_check", condition=models.Q(state="entered")
            ),
        ]
