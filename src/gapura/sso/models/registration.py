"""The table of tokens with which applications register themselves."""

from django.db import models
from django.db.models import F, Q

from gapura.kernel.ids import uuid7


class InitialToken(models.Model):
    """An initial access token (RFC 7591 3): only its SHA-256 is kept.

    `most` applications may be registered with it until `expires_at`; they belong to `agency`, and
    to the sandbox where `sandbox` is set.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    hint = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    agency = models.CharField(max_length=20, blank=True, default="")
    sandbox = models.BooleanField(default=False)
    most = models.PositiveSmallIntegerField(default=1)
    used = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "sso_initial_token"
        constraints = [
            models.CheckConstraint(condition=Q(used__lte=F("most")), name="initial_token_uses"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="initial_token_has_a_life"
            ),
        ]
        indexes = [models.Index(fields=["-made_at"], name="initial_tokens_by_age")]
