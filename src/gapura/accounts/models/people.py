"""The person: identity, contacts and where the account stands."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from gapura.accounts.choices import CHANNELS, DOCUMENTS, LEVELS, OUTCOMES, SOURCES
from gapura.accounts.rules.phones import CODE_TRIES
from gapura.accounts.states import CASE, CASE_STATES, CLOSED, OPEN_CASE, REGISTERED, STATES
from gapura.kernel.dated import DatedRule
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7

# Rows that hold their e-mail address against others: proven, and still in use.
_HOLDS_EMAIL = ~Q(state__in=[REGISTERED, CLOSED])
# Rows that hold their NIK: a verifier saw it once, and the account is not closed.
_HOLDS_NIK = Q(verified_at__isnull=False) & ~Q(state=CLOSED)


class Person(models.Model):
    """One human, one account. Numbers are sealed; their lookups find them and keep them unique.

    `email` is as typed with the domain in its ASCII lower-case form. `nip` is NIP, NI PPPK or NRP
    by `kind`. `agency` is the code of the home agency, empty for citizens. While a change of
    address waits for its code, the new one stands in `pending_email`. `must_be_seen`: a human being
    has to look at a document, because the account may have been taken over. `profile_laters` counts
    how often the question whether all is still right was put off, `profile_later_until` until when.
    By `phone_lookup` and `likeness_lookup` (name and birth date) doubles are found; the search
    fills what is empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=100)
    email = models.CharField(max_length=254)
    email_verified_at = models.DateTimeField(null=True)
    pending_email = models.CharField(max_length=254, blank=True, default="")
    pending_email_at = models.DateTimeField(null=True)
    nik = SealedText()
    nik_lookup = models.BinaryField(max_length=32)
    nip = SealedText(null=True)
    nip_lookup = models.BinaryField(max_length=32, null=True)
    phone = SealedText(null=True)
    phone_verified_at = models.DateTimeField(null=True)
    agency = models.CharField(max_length=20, blank=True, default="")
    unit_text = models.CharField(max_length=150, blank=True, default="")
    state = models.CharField(max_length=20, default=REGISTERED)
    language = models.CharField(max_length=2, default="id")
    created_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    profile_confirmed_at = models.DateTimeField(null=True)
    must_be_seen = models.BooleanField(default=False, db_default=False)
    profile_later_until = models.DateTimeField(null=True)
    profile_laters = models.PositiveSmallIntegerField(default=0, db_default=0)
    profile_reminded_at = models.DateTimeField(null=True)
    phone_lookup = models.BinaryField(max_length=32, null=True)
    likeness_lookup = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="person_state"),
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]{0,30}[a-z0-9]$"),
                name="person_username",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["pns", "pppk", "tni_polri", "citizen"]), name="person_kind"
            ),
            models.CheckConstraint(condition=Q(language__in=["id", "en"]), name="person_language"),
            models.CheckConstraint(
                condition=Q(nip__isnull=True, nip_lookup__isnull=True)
                | Q(nip__isnull=False, nip_lookup__isnull=False),
                name="person_nip_has_lookup",
            ),
            models.UniqueConstraint(
                Lower("email"), condition=_HOLDS_EMAIL, name="person_email_once"
            ),
            models.UniqueConstraint(
                fields=["nik_lookup"], condition=_HOLDS_NIK, name="person_nik_once"
            ),
            # Not NRP: the services number their members apart from each other.
            models.UniqueConstraint(
                fields=["nip_lookup"],
                condition=_HOLDS_NIK & Q(kind__in=["pns", "pppk"]),
                name="person_nip_once",
            ),
        ]
        indexes = [
            models.Index(Lower("email"), name="person_email"),
            models.Index(fields=["nik_lookup"], name="person_nik"),
            models.Index(
                fields=["created_at"], condition=Q(state=REGISTERED), name="person_unconfirmed"
            ),
            models.Index(fields=["agency", "state"], name="person_agency"),
        ]


class PhoneCode(models.Model):
    """A code sent to a telephone, kept as a keyed hash bound to person and number.

    `old_phone` is the confirmed number that was replaced or removed; it is told once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    phone = SealedText()
    old_phone = SealedText(null=True)
    channel = models.CharField(max_length=10)
    hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True),
                name="one_open_phone_code_per_person",
            ),
            models.CheckConstraint(condition=Q(attempts__lte=CODE_TRIES), name="phone_code_tries"),
            models.CheckConstraint(
                condition=Q(channel__in=tuple(CHANNELS)), name="phone_code_channel"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="phone_codes_by_age")]


class IdentityProof(models.Model):
    """One answer to the question who somebody is: from the civil registry, or from a document.

    `fields` says for `name` and `birth_date` whether they match; never what the registry holds. A
    row counts until it is superseded: by a newer answer of its source, or because the data changed.
    `by` is the verifier who compared the document.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="proofs")
    source = models.CharField(max_length=10)
    outcome = models.CharField(max_length=12)
    fields = models.JSONField(default=dict)
    result_hash = models.CharField(max_length=64, blank=True, default="")
    reference = models.CharField(max_length=80, blank=True, default="")
    by = models.UUIDField(null=True)
    checked_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source"],
                condition=Q(superseded_at__isnull=True),
                name="one_valid_proof_per_person_and_source",
            ),
            models.CheckConstraint(condition=Q(source__in=tuple(SOURCES)), name="proof_source"),
            models.CheckConstraint(condition=Q(outcome__in=tuple(OUTCOMES)), name="proof_outcome"),
        ]


class AccountRule(DatedRule):
    """Deadlines of this room: `identity_deadline_hours`."""


class IdentityCase(models.Model):
    """One identity document that was sent in, until somebody has compared it.

    Its bytes are kept no longer than it is open; `sha256` and the result stay. `agency` is where it
    waits at level `agency`, and later where the log of it is read; empty for citizens.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="identity_cases")
    kind = models.CharField(max_length=12)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default=CASE.start)
    level = models.CharField(max_length=10)
    agency = models.CharField(max_length=20, blank=True, default="")
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=20, blank=True, default="")
    reason = models.CharField(max_length=1000, blank=True, default="")
    corrections = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=OPEN_CASE),
                name="one_open_identity_case",
            ),
            models.CheckConstraint(condition=Q(state__in=CASE_STATES), name="identity_case_state"),
            models.CheckConstraint(condition=Q(kind__in=tuple(DOCUMENTS)), name="identity_kind"),
            models.CheckConstraint(condition=Q(level__in=tuple(LEVELS)), name="identity_level"),
            # A document shows a face: there is none of a case that has ended.
            models.CheckConstraint(
                condition=Q(state__in=OPEN_CASE, document__isnull=False)
                | ~Q(state__in=OPEN_CASE) & Q(document__isnull=True, ended_at__isnull=False),
                name="ended_identity_case_keeps_no_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="claimed")
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="claimed_identity_case_has_a_holder",
            ),
            # Nobody decides on themselves, whatever the code above says.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="identity_is_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["level", "agency", "due_at", "id"],
                name="identity_case_queue",
                condition=Q(state__in=OPEN_CASE),
            ),
        ]
