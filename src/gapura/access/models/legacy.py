"""Accounts of the platforms of before, each linked to one person once and for all."""

from django.db import models

from gapura.kernel.ids import uuid7


class LegacyLink(models.Model):
    """That a person proved to own an account of before. Neither side is ever linked again.

    `account` is its lasting number there. The password was only shown to the platform of before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    platform = models.CharField(max_length=20)
    account = models.CharField(max_length=40)
    username = models.CharField(max_length=100)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    registered_on = models.DateField()
    linked_at = models.DateTimeField()
    proof = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform", "account"], name="legacy_account_once"),
            models.UniqueConstraint(fields=["platform", "person"], name="one_legacy_account_each"),
        ]
