"""What a person signs in with: password, authenticator app, passkeys, backup codes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gapura.authentication.rules import MUST_CHANGE, PASSKEY_PURPOSES
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7


class Password(models.Model):
    """The one password of a person; `previous` holds the hashes before it: they may not return.

    `must_change` is a code of `rules.MUST_CHANGE`: the sign-in goes on to a new password and to
    nothing else. `reminded_at` is when the person last chose to change it later.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    hash = models.CharField(max_length=200)
    previous = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    must_change = models.CharField(max_length=20, blank=True, default="")
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(must_change__in=("", *MUST_CHANGE)), name="password_must_change_why"
            )
        ]


class Totp(models.Model):
    """An authenticator app (RFC 6238). `last_step` is the newest time step that was accepted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    secret = SealedText()
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(confirmed_at__isnull=False),
                name="one_confirmed_totp_per_person",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(confirmed_at__isnull=True),
                name="one_pending_totp_per_person",
            ),
        ]


class Passkey(models.Model):
    """A WebAuthn credential. `name` is the person's own; `transports` only help the browser.

    `sign_count` is what the authenticator last told (0 where it counts nothing); `cloned_at` is
    when it once went back, which a copy of the key would make it do: it works no more.
    `backed_up` and `backup_eligible` are the flags BS and BE of WebAuthn Level 3.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField(max_length=2048)
    sign_count = models.BigIntegerField(default=0)
    aaguid = models.CharField(max_length=36, blank=True, default="")
    transports = ArrayField(models.CharField(max_length=20), default=list)
    backup_eligible = models.BooleanField(default=False)
    backed_up = models.BooleanField(default=False)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    cloned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sign_count__gte=0), name="passkey_sign_count"),
        ]
        indexes = [models.Index(fields=["person", "created_at"], name="passkeys_of_person")]


class PasskeyChallenge(models.Model):
    """Random bytes that one passkey answer must contain: for one session and one use.

    `digest` and `deed` bind it to a deed, like a DeedProof; both are empty otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(
        "authentication.Session", models.CASCADE, null=True, related_name="+"
    )
    value = models.BinaryField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, blank=True, default="")
    deed = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=PASSKEY_PURPOSES), name="passkey_challenge_purpose"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="passkey_challenge_has_a_life"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="passkey_challenges_by_age")]


class RecoveryCode(models.Model):
    """A backup code, kept as a keyed hash; it works once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "hash"], name="one_row_per_recovery_code")
        ]
