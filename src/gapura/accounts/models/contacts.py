"""Contacts that were replaced, as long as the one before can take the change back."""

from django.db import models
from django.db.models import F, Q

from gapura.accounts.choices import CONTACTS, UNDO_ENDS
from gapura.accounts.models.people import Person
from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7


class ContactChange(models.Model):
    """One change of mailbox or telephone. `old` is where it goes back to: the last settled contact.

    Of A to B to C within the time both rows go back to A, and only A gets their links: whoever got
    in and put B there must not get a say over what the owner puts in its place. The link is a keyed
    hash of the row (`rules.undoing`), so nothing here opens anything. `new` is empty for a removed
    telephone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    old = SealedText()
    new = SealedText()
    changed_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(CONTACTS)), name="contact_kind"),
            models.CheckConstraint(
                condition=Q(undo_until__gt=F("changed_at")), name="contact_undo_after_change"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="")
                | Q(ended_at__isnull=False, end__in=UNDO_ENDS),
                name="ended_contact_change_says_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "changed_at"],
                condition=Q(ended_at__isnull=True),
                name="open_contact_changes",
            ),
            models.Index(fields=["undo_until"], name="contact_changes_by_end"),
        ]
