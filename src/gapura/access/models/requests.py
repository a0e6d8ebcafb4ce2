"""Tables of requests, their submitted versions and corrections, and of dated rules."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from gapura.access.kinds import DEFINITIVE, REQUEST_KINDS, STANDINGS
from gapura.access.roles import ROLES, Level
from gapura.access.states import OPEN_REQUEST, REQUEST, WAITING_REQUEST
from gapura.kernel.dated import DatedRule
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7

NOWHERE = Value("")


class AccessRule(DatedRule):
    """Numbers of this room: `request_deadline_hours`, `activation_days`, notices, limits."""


class AccessRequest(models.Model):
    """One person asks for one role at one place.

    `agency` is where the role is held; for a platform role, the agency whose letter appoints.
    Places are addressed by their public codes. The letter's details stay in `letter_draft` until
    the request is submitted: only then is there a letter in the register. `details` are the
    answers that only some roles are asked for (see `forms`); the unit's tax number is sealed apart.
    A renewal or a reactivation `follows` a grant; who moves here from another agency `leaves` it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, blank=True, default="")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="access_requests")
    role = models.CharField(max_length=30)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    company = models.ForeignKey(
        "organizations.Company", models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=12, default="new")
    follows = models.ForeignKey("access.Grant", models.PROTECT, null=True, related_name="+")
    leaves = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    standing = models.CharField(max_length=12, default=DEFINITIVE)
    principal = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    details = models.JSONField(default=dict)
    unit_npwp = SealedText(null=True)
    letter_draft = models.JSONField(null=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey(
        "organizations.AppointmentLetter", models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=20, default=REQUEST.start)
    level = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=40, blank=True, default="")
    reason = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person",
                "role",
                Coalesce("agency", NOWHERE),
                Coalesce("unit", NOWHERE),
                Coalesce("company", NOWHERE),
                name="one_open_request",
                condition=Q(state__in=OPEN_REQUEST),
            ),
            models.UniqueConstraint(
                fields=["reference"], name="one_request_reference", condition=~Q(reference="")
            ),
            models.CheckConstraint(condition=Q(state__in=REQUEST.states), name="request_state"),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="request_role"),
            models.CheckConstraint(condition=Q(level__in=list(Level)), name="request_level"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn"))
                | (Q(agency__isnull=False) | Q(company__isnull=False))
                & Q(submitted_at__isnull=False)
                & ~Q(reference=""),
                name="submitted_request_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(kind="new", follows__isnull=True)
                | Q(kind__in=REQUEST_KINDS[1:], follows__isnull=False),
                name="request_kind_follows_a_grant",
            ),
            models.CheckConstraint(
                condition=Q(standing=DEFINITIVE, principal__isnull=True)
                | Q(standing__in=STANDINGS[1:])
                & (Q(principal__isnull=True) | ~Q(principal=F("person"))),
                name="request_standing",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WAITING_REQUEST) | Q(due_at__isnull=False),
                name="waiting_request_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_review")
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="request_in_review_is_claimed",
            ),
            # Nobody decides on themselves, whatever the code above says.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="request_is_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_at", "id"],
                # Thousands may wait: what is counted on every page stands in the index itself.
                include=["level", "state", "person", "unit", "claimed_by", "claimed_at"],
                name="request_agency_queue",
                condition=Q(state__in=WAITING_REQUEST),
            ),
            models.Index(
                fields=["level", "due_at", "id"],
                include=["state", "person", "claimed_at"],
                name="request_level_queue",
                condition=Q(state__in=WAITING_REQUEST),
            ),
            # Whoever took some is told how many on every page, however many wait.
            models.Index(
                fields=["claimed_by", "agency"],
                include=["level", "person", "unit"],
                name="request_taken",
                condition=Q(state="in_review"),
            ),
            models.Index(
                fields=["agency", "decided_at", "id"],
                name="request_agency_register",
                condition=Q(state__in=("approved", "rejected")),
            ),
            models.Index(
                fields=["decided_at", "id"],
                name="request_level_register",
                condition=Q(level=Level.PLATFORM),
            ),
        ]


class Submission(models.Model):
    """One version as it was sent in; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    submitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="one_submission_number")
        ]


class Correction(models.Model):
    """What a verifier found wrong in one field of one submitted version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=40)
    reason_code = models.CharField(max_length=40)
    note = models.CharField(max_length=500, blank=True, default="")
    asked_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "field"], name="one_correction_a_field")
        ]
