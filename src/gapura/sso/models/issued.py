"""Tables of what was issued: authorizations, and in partitions by their end all that rests on them.

Rows in partitions name what they rest on by id and not by foreign key, so that a partition whose
time is over is dropped without a look at any other table. The migration makes them by hand.
"""

from django.db import models
from django.db.models import Q

from gapura.kernel.ids import uuid7


class Authorization(models.Model):
    """What one person allowed one client in one session; see `protocol.records.Authorization`.

    Whether it works is decided when it is used, from the client, the person, the session and what
    ended meanwhile: see `store.works`. Lists are texts with a space between: the doors read many.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey("sso.Client", models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    session = models.UUIDField()
    sid = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    scopes = models.CharField(max_length=1000)
    claims = models.TextField(blank=True, default="")
    resources = models.TextField(blank=True, default="")
    acr = models.PositiveSmallIntegerField()
    methods = models.CharField(max_length=80)
    signed_in_at = models.DateTimeField()
    offline = models.BooleanField(default=False)
    jkt = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acr__gte=1, acr__lte=3), name="authorization_is_signed_in"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "client", "-created_at"], name="authorizations_of"),
            models.Index(fields=["session"], name="authorizations_of_session"),
            models.Index(fields=["created_at"], name="authorizations_by_age"),
        ]


class Code(models.Model):
    """An authorization code by the day on which it expires and its SHA-256."""

    pk = models.CompositePrimaryKey("bucket", "digest")
    bucket = models.DateField()
    digest = models.BinaryField(max_length=32)
    authorization = models.UUIDField()
    redirect_uri = models.TextField()
    nonce = models.TextField()
    challenge = models.CharField(max_length=64)
    jkt = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Refresh(models.Model):
    """A refresh token by the month in which it expires and its SHA-256.

    `successor` is the SHA-256 of the one it was rotated into, `successor_bucket` where that lies.
    """

    pk = models.CompositePrimaryKey("bucket", "digest")
    bucket = models.DateField()
    digest = models.BinaryField(max_length=32)
    authorization = models.UUIDField()
    scopes = models.CharField(max_length=1000)
    jkt = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    family_started_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    successor = models.BinaryField(max_length=32, null=True)
    successor_bucket = models.DateField(null=True)


class Pushed(models.Model):
    """A pushed authorization request by the day on which it expires and its handle's SHA-256."""

    pk = models.CompositePrimaryKey("bucket", "digest")
    bucket = models.DateField()
    digest = models.BinaryField(max_length=32)
    client = models.UUIDField()
    parameters = models.TextField()
    jkt = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Once(models.Model):
    """A proof that was shown (an assertion, a DPoP proof): the key itself refuses a second time."""

    pk = models.CompositePrimaryKey("bucket", "digest", "kind")
    bucket = models.DateField()
    digest = models.BinaryField(max_length=32)
    kind = models.CharField(max_length=12)


class RevokedJti(models.Model):
    """An access token that was revoked before its end (RFC 7009), by the SHA-256 of its `jti`."""

    pk = models.CompositePrimaryKey("bucket", "digest")
    bucket = models.DateField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        db_table = "sso_revoked"
