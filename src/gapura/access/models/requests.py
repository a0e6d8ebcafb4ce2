"""Tables of requests, their submitted versions and corrections, grants, dated rules."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from gapura.access.roles import ROLES, Level, Scope, codes_of
from gapura.access.states import GRANT, LIVE_GRANT, OPEN_REQUEST, REQUEST, WAITING_REQUEST
from gapura.kernel.dated import DatedRule
from gapura.kernel.ids import uuid7

NOWHERE = Value("")


class AccessRule(DatedRule):
    """Deadlines of this room: `request_deadline_hours`, `activation_days`."""


class AccessRequest(models.Model):
    """One person asks for one role at one place.

    `agency` is where the role is held; for a platform role, the agency whose letter appoints.
    Places are addressed by their public codes. The letter's details stay in `letter_draft` until
    the request is submitted: only then is there a letter in the register.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, blank=True, default="")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="access_requests")
    role = models.CharField(max_length=30)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
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
                | Q(agency__isnull=False, submitted_at__isnull=False) & ~Q(reference=""),
                name="submitted_request_is_complete",
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
                name="request_agency_queue",
                condition=Q(state__in=WAITING_REQUEST),
            ),
            models.Index(
                fields=["level", "due_at", "id"],
                name="request_level_queue",
                condition=Q(state__in=WAITING_REQUEST),
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


class Grant(models.Model):
    """One role of one person at one place for a range of legal days.

    Whether it works today is decided from dates and from what it rests on: see
    `queries.active_grants`. A row that was recorded wrongly is superseded, never rewritten.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    company = models.ForeignKey(
        "organizations.Company", models.PROTECT, null=True, related_name="+"
    )
    letter = models.ForeignKey(
        "organizations.AppointmentLetter", models.PROTECT, null=True, related_name="grants"
    )
    request = models.OneToOneField(AccessRequest, models.PROTECT, null=True, related_name="grant")
    state = models.CharField(max_length=20, default=GRANT.start)
    valid = DateRangeField()
    approved_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_overlapping_grants",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (Coalesce("agency", NOWHERE), RangeOperators.EQUAL),
                    (Coalesce("unit", NOWHERE), RangeOperators.EQUAL),
                    (Coalesce("company", NOWHERE), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=LIVE_GRANT, superseded_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(state__in=GRANT.states), name="grant_state"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="grant_has_days"),
            models.CheckConstraint(
                condition=Q(
                    role__in=codes_of(Scope.UNIT),
                    agency__isnull=False,
                    unit__isnull=False,
                    company__isnull=True,
                )
                | Q(
                    role__in=codes_of(Scope.AGENCY),
                    agency__isnull=False,
                    unit__isnull=True,
                    company__isnull=True,
                )
                | Q(
                    role__in=codes_of(Scope.PLATFORM),
                    agency__isnull=True,
                    unit__isnull=True,
                    company__isnull=True,
                )
                | Q(
                    role__in=codes_of(Scope.COMPANY),
                    agency__isnull=True,
                    unit__isnull=True,
                    company__isnull=False,
                ),
                name="grant_is_where_its_role_acts",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(activated_at__isnull=False),
                name="active_grant_was_activated",
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", ended_at__isnull=False)
                | ~Q(state="revoked") & Q(ended_at__isnull=True),
                name="ended_grant_is_revoked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["role", "agency"],
                name="grant_holders",
                condition=Q(state="active", superseded_at__isnull=True),
            ),
        ]
