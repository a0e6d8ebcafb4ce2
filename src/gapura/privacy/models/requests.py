"""Requests of people about their data, restrictions of processing, and copies."""

from django.db import models
from django.db.models import Q

from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7
from gapura.privacy.rules.requests import AGENCY, KINDS, PLATFORM
from gapura.privacy.states.requests import OPEN, REQUEST


class DataRequest(models.Model):
    """One request; `desk` is who answers, `agency` where, `zone` in which its times are shown.

    The evidence is erased when it is decided; `digest` stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    field = models.CharField(max_length=12, blank=True, default="")
    wanted = SealedText(null=True)
    text = SealedText(null=True)
    evidence = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, default="")
    zone = models.CharField(max_length=40)
    desk = models.CharField(max_length=10)
    agency = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=10, default=REQUEST.start)
    asked_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    answer = SealedText(null=True)

    class Meta:
        db_table = "privacy_request"
        constraints = [
            # Sent twice, it is one request with one clock.
            models.UniqueConstraint(
                fields=["person", "kind", "field"],
                condition=Q(state__in=OPEN),
                name="one_open_data_request",
            ),
            models.CheckConstraint(
                condition=Q(state__in=REQUEST.states), name="data_request_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=tuple(KINDS)), name="data_request_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(desk__in=(AGENCY, PLATFORM)), name="data_request_desk_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="privacy_request_queue"),
            models.Index(fields=["person", "asked_at"], name="privacy_request_own"),
        ]


class Restriction(models.Model):
    """Processing of a person's data paused (art. 41) from `since` until it is lifted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    request = models.ForeignKey(DataRequest, models.PROTECT, related_name="restrictions")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_restriction_a_person"
            ),
        ]


class Copy(models.Model):
    """A copy of all that is held of a person: how far it is, and its two files until they go.

    `done` of `expected` holdings are read. The request it answers has the clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    request = models.ForeignKey(DataRequest, models.PROTECT, related_name="copies")
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    expected = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    data = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(finished_at=None), name="one_copy_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["gone_at", "expires_at"], name="privacy_copy_old")]
