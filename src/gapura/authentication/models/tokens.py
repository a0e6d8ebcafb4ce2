"""What programs show instead of signing in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gapura.authentication.rules import SCOPES
from gapura.kernel.ids import uuid7


class ServiceToken(models.Model):
    """What a program shows instead of signing in; only its SHA-256 is kept.

    `hint` are its first signs, so that people tell tokens apart. `networks` are the ranges of
    addresses it works from (CIDR), empty for any. `last_used_on` is a day in UTC, no more: enough
    to find tokens that nobody needs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    scopes = ArrayField(models.CharField(max_length=30))
    networks = ArrayField(models.CharField(max_length=50), default=list)
    created_by = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="service_token_is_hashed"
            ),
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0, scopes__contained_by=list(SCOPES)),
                name="service_token_scopes",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="service_token_has_a_life"
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="service_tokens_by_age")]
