"""The outbox of mails and the in-app notices. No foreign keys: a notice may outlive its subject."""

from django.db import models

from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7


class Mail(models.Model):
    """One mail, written with the change that caused it and sent after its commit.

    The text is sealed and wiped once sent; `id` makes the Message-ID, so twice sent reads as one.
    `event` is the entry of the log that the mail is a receipt of: its place there is told too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField(null=True)
    template = models.CharField(max_length=100)
    address = SealedText()
    subject = models.CharField(max_length=200)
    body = SealedText(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped = models.CharField(max_length=20, blank=True, default="")
    event = models.UUIDField(null=True)
    language = models.CharField(max_length=5, default="id")

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], name="mail_waiting", condition=models.Q(body__isnull=False)
            )
        ]


class Notice(models.Model):
    """One line behind the bell: a text in the reader's language and where it leads."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField()
    text = models.CharField(max_length=200)
    link = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at"]),
            models.Index(
                fields=["person"], name="notice_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]
