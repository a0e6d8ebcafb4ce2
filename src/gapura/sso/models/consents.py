"""The table of what people remember to have allowed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gapura.kernel.ids import uuid7


class Consent(models.Model):
    """What a person allows a client to see until they take it back; widened in place, never cut.

    What was given before `withdrawn_at` stops working with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    client = models.ForeignKey("sso.Client", models.CASCADE, related_name="+")
    scopes = ArrayField(models.CharField(max_length=60))
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "client"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_now",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "client", "-given_at"], name="consents_of_person")
        ]
