"""A case: one question, from someone who may have no account, and the answers to it."""

from django.db import models

from gapura.helpdesk.states import CASE
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7


class Case(models.Model):
    """One request for help. The agency is where it is read first; without one, the helpdesk's.

    `fingerprint` is a keyed hash of mailbox, day and text: the same form sent twice is one case.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=20, default=CASE.start)
    person = models.UUIDField(null=True)
    name = SealedText()
    email = SealedText()
    language = models.CharField(max_length=2)
    topic = models.CharField(max_length=20)
    agency = models.CharField(max_length=20, blank=True, default="")
    text = SealedText()
    fingerprint = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state", "created_at"]),
            models.Index(fields=["state", "created_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CASE.states), name="case_state_is_known"
            )
        ]


class Answer(models.Model):
    """One answer that was sent; never changed, another one follows it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="answers")
    text = SealedText()
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=40)
