"""Tables of grants, of the spans in which they were suspended, and of the notices of their end."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from gapura.access.duties import DUTIES
from gapura.access.kinds import BOUNDED, DEFINITIVE, OF_COMPANIES, STANDINGS
from gapura.access.models.requests import AccessRequest
from gapura.access.roles import COMPANY_STAFF, Scope, codes_of
from gapura.access.states import GRANT, LIVE_GRANT
from gapura.kernel.ids import uuid7

NOWHERE = Value("")


class Grant(models.Model):
    """One role of one person at one place for a range of legal days.

    Whether it works today is decided from dates and from what it rests on: see
    `queries.active_grants`. When its days change, a copy with the days as they were stays behind
    as superseded (`version_of`), so that what was believed on any day can be told.
    `standing` says how the office is held; who stands in acts for `principal`. A delegated grant
    `rests_on` the delegating one and works only while that works. `follows` names what it renews.
    `end_told_at` is when the person was told that it ended with its letter. `ends_before` is the
    end of its days or of its letter's, whichever comes first: kept by the database itself.
    `duties` is what a company's staff may do there (see `duties.py`), empty for all other roles.
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
    standing = models.CharField(max_length=12, default=DEFINITIVE)
    principal = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    rests_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="delegations")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewals")
    version_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="versions")
    delegable = models.BooleanField(default=False)
    duties = ArrayField(models.CharField(max_length=12), default=list, db_default=[])
    approved_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, default=GRANT.start)
    valid = DateRangeField()
    ends_before = models.DateField(null=True)
    approved_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    end_told_at = models.DateTimeField(null=True)

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
                # A verifier of a part of the agency only: the unit and all that lies below it.
                | Q(
                    role__in=BOUNDED,
                    agency__isnull=False,
                    unit__isnull=False,
                    company__isnull=True,
                )
                # Who buys for a body outside of government buys for its company.
                | Q(
                    role__in=OF_COMPANIES,
                    agency__isnull=True,
                    unit__isnull=True,
                    company__isnull=False,
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
            models.CheckConstraint(condition=Q(standing__in=STANDINGS), name="grant_standing"),
            models.CheckConstraint(
                condition=Q(duties=[]) | Q(role=COMPANY_STAFF, duties__contained_by=list(DUTIES)),
                name="grant_duties_are_of_company_staff",
            ),
            models.CheckConstraint(
                condition=Q(version_of__isnull=True) | Q(superseded_at__isnull=False),
                name="grant_version_is_superseded",
            ),
            # Nobody approves themselves, whatever the code above says.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("person")),
                name="grant_is_approved_by_another",
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
                fields=["role", "agency", "unit"],
                name="grant_holders",
                condition=Q(state="active", superseded_at__isnull=True),
            ),
            models.Index(
                fields=["unit", "role"],
                name="grant_unit_history",
                condition=Q(unit__isnull=False),
            ),
            models.Index(
                fields=["agency", "ends_before", "id"],
                include=["unit", "letter"],
                name="grant_ending_at_agency",
                condition=Q(state="active", superseded_at__isnull=True),
            ),
            models.Index(
                fields=["ends_before", "id"],
                name="grant_ending",
                condition=Q(state="active", superseded_at__isnull=True),
            ),
            models.Index(
                fields=["letter"],
                name="grant_of_letter",
                condition=Q(state__in=LIVE_GRANT, superseded_at__isnull=True),
            ),
        ]


class GrantPause(models.Model):
    """A span in which a grant was suspended; open while `until` is null."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grant"], name="one_open_pause", condition=Q(until__isnull=True)
            ),
        ]


class ExpiryNotice(models.Model):
    """That the end of a grant was told so many days ahead; nobody is told twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="expiry_notices")
    last_day = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "last_day", "days"], name="one_expiry_notice"),
        ]


class SavedFilter(models.Model):
    """A verifier's own name for a way of looking at the queue."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="one_filter_a_name"),
        ]
