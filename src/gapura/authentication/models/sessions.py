"""Browsers: sessions, known devices, codes and deeds of a session, forms kept for later."""

from django.db import models
from django.db.models import Q

from gapura.authentication.rules import CODE_TRIES, Purpose
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7


class Device(models.Model):
    """A browser that a person has signed in with; it carries a cookie that says nothing else.

    Only the SHA-256 of the cookie is kept. A known device still gets in while strangers guess.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash", "person"], name="one_row_per_device"),
        ]
        indexes = [models.Index(fields=["last_seen_at"], name="devices_by_last_seen")]


class Session(models.Model):
    """A browser: `acr` 0 while something is under way (`flow`), 1 to 3 once signed in.

    Only the SHA-256 of the cookie is kept. `person` is null for flows that lead nowhere, which must
    look like the others. `proved_at` is when the person last proved a factor.
    `place` is what the operator's list of networks says of the address at sign-in, often nothing.
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
    device = models.ForeignKey(
        "authentication.Device", models.SET_NULL, null=True, related_name="+"
    )
    place = models.CharField(max_length=80, blank=True, default="")

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


class Disavowal(models.Model):
    """The link "this was not me" of a notice: whoever has it may lock the account, once.

    Only the SHA-256 of its token is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=30)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="disavowals_by_end")]


class KeptForm(models.Model):
    """What a person had typed when the session ended; given back after the next sign-in.

    `fields` is sealed JSON, without passwords, codes and files.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    fields = SealedText()
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "path"], name="one_kept_form_per_page"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="kept_forms_by_end")]
