"""Officers named in a letter of the agency's register, and the files they were read from."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from gapura.access.kinds import DEFINITIVE, STANDINGS
from gapura.access.models.grants import Grant
from gapura.access.roles import ROLES
from gapura.access.states import APPOINTMENT, IMPORT, OPEN_IMPORT
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7

NOWHERE = Value("")


class Import(models.Model):
    """One file of officers for one letter: judged first without any effect, then carried out.

    `done` counts the lines that were judged, then those that were carried out, so that an
    interrupted run goes on where it stopped. The file (`content`, base64) and its lines are
    sealed: they hold identity numbers. `reason` is the code of why a file was refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    letter = models.ForeignKey(
        "organizations.AppointmentLetter", models.PROTECT, related_name="imports"
    )
    file_name = models.CharField(max_length=150)
    file_hash = models.CharField(max_length=64)
    started_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, default=IMPORT.start)
    lines = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    content = SealedText(null=True)
    reason = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IMPORT.states), name="import_state"),
            # Two files at once could name the same officer twice.
            models.UniqueConstraint(
                fields=["letter"],
                name="one_open_import_of_a_letter",
                condition=Q(state__in=OPEN_IMPORT),
            ),
        ]
        indexes = [models.Index(fields=["letter", "-created_at"], name="import_letter")]


class ImportLine(models.Model):
    """One line of a file: what it said (sealed), what is wrong with it (code by field).

    `warnings` are codes of rules of conflict that only warn, of a line that is sound.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    said = SealedText()
    problems = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="one_import_line"),
        ]


class Appointment(models.Model):
    """One officer named in a registered letter: waits until the letter is checked and the person
    has a verified account, then gives a grant that the person only has to activate.

    The person is found by NIK (keyed lookup) alone; until then `person` is null. `obstacle` is the
    code of why there is no grant although the account is there; `told_at`, when the person, or
    the address given, was told of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    letter = models.ForeignKey(
        "organizations.AppointmentLetter", models.PROTECT, related_name="appointments"
    )
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100)
    nik = SealedText()
    nik_lookup = models.BinaryField(max_length=32)
    email = models.CharField(max_length=254, blank=True, default="")
    role = models.CharField(max_length=30)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    standing = models.CharField(max_length=12, default=DEFINITIVE)
    principal = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    valid = DateRangeField()
    state = models.CharField(max_length=12, default=APPOINTMENT.start)
    obstacle = models.CharField(max_length=40, blank=True, default="")
    grant = models.OneToOneField(Grant, models.PROTECT, null=True, related_name="appointment")
    named_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=APPOINTMENT.states), name="appointment_state"
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="appointment_role"),
            models.CheckConstraint(
                condition=Q(standing__in=STANDINGS), name="appointment_standing"
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="appointment_has_days"),
            models.UniqueConstraint(
                "letter",
                "nik_lookup",
                "role",
                Coalesce("unit", NOWHERE),
                name="named_once_in_a_letter",
                condition=~Q(state="withdrawn"),
            ),
            models.CheckConstraint(
                condition=Q(state="granted", grant__isnull=False) | ~Q(state="granted"),
                name="granted_appointment_has_a_grant",
            ),
        ]
        indexes = [
            models.Index(
                fields=["nik_lookup"], name="appointment_waiting", condition=Q(state="named")
            ),
            models.Index(fields=["letter", "name"], name="appointment_of_letter"),
        ]
