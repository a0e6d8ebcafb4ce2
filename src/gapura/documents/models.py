"""What was handed in, by whom, and the sealed bytes under their keys."""

from django.db import models
from django.db.models import Q

from gapura.kernel.ids import uuid7


class Stored(models.Model):
    """Sealed bytes under a key; written and read by store.py only."""

    key = models.CharField(primary_key=True, max_length=80)
    sealed = models.BinaryField()


class Content(models.Model):
    """One examined content, known by its SHA-256; several documents may have the same.

    `gate` is the number of the checks it passed.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    page_count = models.PositiveSmallIntegerField()
    gate = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="content_sha256"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="content_not_empty"),
            models.CheckConstraint(condition=Q(page_count__gt=0), name="content_has_a_page"),
        ]


class Page(models.Model):
    """The preview of one page (from 1); its picture is in the store. Sizes in pixels."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content", "number"], name="one_preview_a_page"),
        ]


class Document(models.Model):
    """One content handed in by one person for one purpose; never changed afterwards.

    `uploaded_by` is the person's id without a foreign key: people live above this room.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=20)
    uploaded_by = models.UUIDField()
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A doubled submit gives one document.
            models.UniqueConstraint(
                fields=["uploaded_by", "content", "purpose"], name="one_document_a_person"
            ),
        ]
        indexes = [models.Index(fields=["uploaded_by", "uploaded_at"], name="documents_quota")]
