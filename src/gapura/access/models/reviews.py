"""Tables of access reviews: the round an agency makes once a year, and its lines."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from gapura.access.kinds import OVERDUE, REMOVAL_REASONS, REVIEW_LEVELS
from gapura.access.models.grants import Grant
from gapura.access.states import REVIEW, REVIEW_LINE, UNANSWERED
from gapura.kernel.ids import uuid7

NOWHERE = Value("")


class Review(models.Model):
    """One round through the access of an agency; without an agency, of the platform's own roles.

    Until `due_on`, a day in Jakarta's calendar, the first level answers; until `settles_on` the
    level above. After that `overdue` says what happens to what nobody answered. The numbers are
    those of the day on which it was opened; `total` is how many lines it began with. `reminded` is
    the step of the reminders told last.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, default=REVIEW.start)
    reason = models.CharField(max_length=300)
    basis = models.CharField(max_length=300)
    overdue = models.CharField(max_length=10)
    due_on = models.DateField()
    settles_on = models.DateField()
    total = models.PositiveIntegerField(default=0)
    # Empty when it opened by itself, because nobody had in time.
    opened_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    reminded = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Opened twice at the same moment is opened once.
            models.UniqueConstraint(
                Coalesce("agency", NOWHERE), name="one_open_review", condition=Q(state=REVIEW.start)
            ),
            models.CheckConstraint(condition=Q(state__in=REVIEW.states), name="review_state"),
            models.CheckConstraint(condition=Q(overdue__in=list(OVERDUE)), name="review_overdue"),
            models.CheckConstraint(
                condition=Q(settles_on__gte=models.F("due_on")), name="review_settles_after_due"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-opened_at"], name="review_of_agency"),
        ]


class ReviewLine(models.Model):
    """One access in a review, as it was when the review began; answered once.

    It waits at a `level`: with the head of the unit `desk`, with the agency's administrator, or
    with the platform's. Role, place and person never change in a grant; they are repeated here so
    that a queue is read from one table.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="lines")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="review_lines")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    desk = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=10)
    state = models.CharField(max_length=12, default=REVIEW_LINE.start)
    escalated_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=20, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "grant"], name="one_line_of_a_grant"),
            models.CheckConstraint(
                condition=Q(state__in=REVIEW_LINE.states), name="review_line_state"
            ),
            models.CheckConstraint(
                condition=Q(level="unit", desk__isnull=False)
                | Q(level__in=[one for one in REVIEW_LEVELS if one != "unit"]),
                name="review_line_level",
            ),
            models.CheckConstraint(
                condition=Q(state="removed", reason_code__in=list(REMOVAL_REASONS))
                | ~Q(state="removed") & Q(reason_code=""),
                name="removed_line_says_why",
            ),
            # Nobody answers for their own access, whatever the code above says.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("person")),
                name="line_is_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review", "level", "desk"],
                name="review_line_waiting",
                condition=Q(state__in=UNANSWERED),
            ),
            models.Index(fields=["grant", "-decided_at"], name="review_line_of_grant"),
        ]


class ReviewCall(models.Model):
    """That the administrators of an agency were told, once, that a review is due from this day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    due_on = models.DateField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "due_on"], name="one_review_call"),
        ]
