"""Breaches of personal data: what happened, whom it concerns, who was told when (art. 46)."""

from django.db import models
from django.db.models import F, Q

from gapura.kernel.ids import uuid7
from gapura.privacy.states.breaches import BREACH, CLOSED


class Breach(models.Model):
    """One failure to protect personal data.

    `due_at` is until when the people and the authority have to be told in writing: 3 x 24 hours
    after it was found. `classes` are keys of `purposes.KINDS`. What people read stands in both
    languages: `what`, `how` and `measures` with `_en` are the English side.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, default=BREACH.start)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    classes = models.JSONField(default=list)
    what = models.CharField(max_length=2000)
    what_en = models.CharField(max_length=2000)
    how = models.CharField(max_length=2000)
    how_en = models.CharField(max_length=2000)
    measures = models.CharField(max_length=2000)
    measures_en = models.CharField(max_length=2000)
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    telling_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    report_number = models.CharField(max_length=100, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        db_table = "privacy_breach"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BREACH.states), name="breach_state"),
            models.CheckConstraint(
                condition=Q(began_at__lte=F("found_at")), name="breach_began_before_it_was_found"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("found_at")), name="breach_is_due_after_it_was_found"
            ),
            models.CheckConstraint(
                condition=~Q(state=CLOSED) | Q(closed_at__isnull=False), name="breach_closed_when"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="breaches_due")]


class BreachPerson(models.Model):
    """That a breach concerns one person, by which search, and when they were told.

    `reached` is false where no address is left; such people are told by a public notice.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="people")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    found_by = models.CharField(max_length=12)
    told_at = models.DateTimeField(null=True)
    reached = models.BooleanField(default=False)

    class Meta:
        db_table = "privacy_breach_person"
        constraints = [
            models.UniqueConstraint(fields=["breach", "person"], name="one_person_a_breach"),
        ]
        indexes = [
            models.Index(
                fields=["breach", "id"],
                condition=Q(told_at__isnull=True),
                name="people_to_tell",
            ),
            models.Index(fields=["person"], name="breaches_of_person"),
        ]
