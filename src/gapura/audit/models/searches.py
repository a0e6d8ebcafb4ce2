"""Tables around the log that are no log: kept searches, files that were made, assignments.

Nothing here points at another room: people, agencies and letters stand as what identifies them.
"""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q

from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7

FORMATS = ("csv", "xlsx", "json", "parquet")
# Why a file was not made.
PROBLEMS = ("rows", "size", "scope")


class SavedView(models.Model):
    """A person's name for a set of filters; `shared` shows it to the overseers of `agency` too.

    The filters are sealed: people search for names and numbers. An empty `agency` is the platform.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField()
    agency = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(max_length=60)
    query = SealedText()
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "audit_saved_view"
        constraints = [
            models.UniqueConstraint(fields=["person", "agency", "name"], name="one_view_a_name"),
        ]
        indexes = [
            models.Index(fields=["agency"], condition=Q(shared=True), name="audit_shared_view"),
        ]


class Export(models.Model):
    """One file of a search: who asked for it, why, and what it became.

    `upto` bounds it: entries with smaller ids, so that the file does not grow while it is made.
    `done` counts rows read so far; `sha256` is that of the plain file, `gone_at` when it was
    deleted. `filters` and `reason` are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    person = models.UUIDField()
    actor = SealedText()
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=40, blank=True, default="")
    assignment = models.UUIDField(null=True)
    format = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    filters = SealedText()
    reason = SealedText()
    asked_at = models.DateTimeField()
    expected = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=10, blank=True, default="")
    rows = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    gone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_export"
        constraints = [
            models.CheckConstraint(condition=Q(format__in=FORMATS), name="audit_export_format"),
            models.CheckConstraint(
                condition=Q(problem__in=("", *PROBLEMS)), name="audit_export_problem"
            ),
            # Each costs the worker a minute: one at a time for a person.
            models.UniqueConstraint(
                fields=["person"], condition=Q(finished_at=None), name="one_export_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["person", "-asked_at"], name="audit_export_person")]


class ExportPart(models.Model):
    """A piece of a file, compressed and sealed for its place in it."""

    pk = models.CompositePrimaryKey("export_id", "place")
    export_id = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "audit_export_part"


class Assignment(models.Model):
    """What an auditor may read besides the own agency, or one case only; it rests on a letter.

    `agency` is the auditor's own, which registered it; `letter` its assignment letter in the
    register of letters, whose end is the assignment's. No `units` means all of the `agencies`; a
    `case` (a reference such as SP-2026-000123) narrows it to entries about that. Where it opens
    other agencies it counts only after the platform has confirmed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=100)
    letter = models.UUIDField()
    agency = models.CharField(max_length=40)
    person = models.UUIDField()
    username = models.CharField(max_length=40)
    agencies = ArrayField(models.CharField(max_length=40))
    units = ArrayField(models.CharField(max_length=40), default=list)
    case = models.CharField(max_length=200, blank=True, default="")
    valid = DateRangeField()
    created_by = models.UUIDField()
    created_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_assignment"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False)
                & Q(valid__lower_inf=False)
                & Q(valid__upper_inf=False),
                name="assignment_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(agencies__len__gte=1), name="assignment_has_agencies"
            ),
            # Nobody opens other people's logs to themselves, whatever the code above says.
            models.CheckConstraint(
                condition=~Q(person=F("created_by")), name="assignment_by_another"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=F("created_by")) & ~Q(confirmed_by=F("person"))),
                name="assignment_confirmed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="audit_assignment_person"),
            models.Index(fields=["agency", "-created_at"], name="audit_assignment_agency"),
        ]
