"""Erasures: asked for, undone, refused, stopped or carried out, with what the certificate says."""

from django.db import models
from django.db.models import F, Q

from gapura.kernel.ids import uuid7
from gapura.privacy.states.erasures import DONE, ERASURE


class Erasure(models.Model):
    """One person's wish to be erased, until it is undone or carried out.

    `due_at` ends the time in which it can be undone; `link_hash` is the SHA-256 of the token in the
    mail: it undoes, and afterwards hands out the certificate until `link_ends_at`. `lines` say what
    went, what stays, and why; `digest` is the SHA-256 over what the certificate tells, `sha256`
    over its file. `obstacles` are codes. `name_until` is the day on which a name that papers of
    procurement need goes too; `tidied_at` when the last mail was deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=ERASURE.start)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    link_hash = models.CharField(max_length=64, unique=True)
    link_ends_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True, default="")
    obstacles = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    name_until = models.DateField(null=True)
    name_gone_at = models.DateTimeField(null=True)
    tidied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "privacy_erasure"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ERASURE.states), name="erasure_state"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=ERASURE.start), name="one_open_erasure"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=DONE), name="nobody_is_erased_twice"
            ),
            models.CheckConstraint(
                condition=~Q(state=DONE) | ~Q(digest="") & ~Q(sha256=""),
                name="erasure_has_a_certificate",
            ),
            # Nobody decides about themselves, whatever the code above says.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="erasure_is_refused_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=ERASURE.start), name="erasures_due"),
            models.Index(
                fields=["name_until"],
                condition=Q(name_until__isnull=False, name_gone_at__isnull=True),
                name="erasures_with_a_name",
            ),
        ]
