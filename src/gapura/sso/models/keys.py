"""The table of the keys that sign tokens."""

from django.db import models
from django.db.models import Q

from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7
from gapura.sso.states import KEY

ALGORITHMS = ("RS256", "ES256", "PS256")


class SigningKey(models.Model):
    """One key pair of one algorithm; `public` is its JWK, `private` PKCS #8 in PEM, sealed.

    `kid` is the algorithm with the JWK's thumbprint (RFC 7638). It signs from `signs_from` until
    `signed_until`. Once retired its private half is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kid = models.CharField(max_length=64, unique=True)
    alg = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=KEY.start)
    public = models.JSONField()
    private = SealedText(null=True)
    made_at = models.DateTimeField()
    signs_from = models.DateTimeField(null=True)
    signed_until = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sso_signing_key"
        constraints = [
            models.UniqueConstraint(
                fields=["alg"], condition=Q(state="current"), name="one_current_key_of_an_algorithm"
            ),
            models.UniqueConstraint(
                fields=["alg"], condition=Q(state="next"), name="one_next_key_of_an_algorithm"
            ),
            models.CheckConstraint(condition=Q(state__in=KEY.states), name="signing_key_state"),
            models.CheckConstraint(condition=Q(alg__in=ALGORITHMS), name="signing_key_alg"),
            models.CheckConstraint(
                condition=Q(state="retired", private__isnull=True, retired_at__isnull=False)
                | ~Q(state="retired") & Q(private__isnull=False),
                name="only_retired_keys_are_empty",
            ),
        ]
