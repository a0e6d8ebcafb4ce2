"""Tables of sign-in: passwords, apps, backup codes, codes by e-mail, sessions, tokens."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gapura.authentication.rules import CODE_TRIES, SCOPES, Purpose
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7


class Password(models.Model):
    """The one password of a person; `previous` holds the hashes before it: they may not return."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    hash = models.CharField(max_length=200)
    previous = models.JSONField(default=list)
    changed_at = models.DateTimeField()


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


class Session(models.Model):
    """A browser: `acr` 0 while something is under way (`flow`), 1 to 3 once signed in.

    Only the SHA-256 of the cookie is kept. `person` is null for flows that lead nowhere, which must
    look like the others. `proved_at` is when the person last proved a factor.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("accounts.Person", models.CASCADE, null=True, related_name="+")
    acr = models.PositiveSmallIntegerField(default=0)
    methods = models.CharField(max_length=80, blank=True, default="")
    grant = models.UUIDField(null=True)
    flow = models.JSONField(null=True)
    created_at = models.DateTimeField()
    signed_in_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True, default="")
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acr=0)
                | Q(acr__lte=3, person__isnull=False, signed_in_at__isnull=False),
                name="signed_in_sessions_have_a_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "-last_seen_at"],
                condition=Q(ended_at__isnull=True),
                name="live_sessions_of_person",
            ),
            models.Index(fields=["last_seen_at"], name="sessions_by_last_seen"),
        ]


class EmailCode(models.Model):
    """A code sent by e-mail, kept as a keyed hash bound to purpose, person, session and address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=20)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", models.CASCADE, null=True, related_name="+")
    hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=[p.value for p in Purpose]), name="email_code_purpose"
            ),
            models.CheckConstraint(condition=Q(attempts__lte=CODE_TRIES), name="email_code_tries"),
        ]
        indexes = [
            models.Index(fields=["session", "purpose", "-created_at"], name="codes_of_session"),
            models.Index(fields=["created_at"], name="codes_by_age"),
        ]


class DeedProof(models.Model):
    """An app's code that was typed for one deed: bound to person, session and document, used once.

    `digest` is the SHA-256 of the document's bytes in hexadecimal, `deed` names the act.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    deed = models.CharField(max_length=60)
    method = models.CharField(max_length=20)
    confirmed_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="deed_digest_is_a_sha256"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=models.F("confirmed_at")),
                name="deed_used_after_its_proof",
            ),
        ]
        indexes = [models.Index(fields=["confirmed_at"], name="deeds_by_age")]


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
