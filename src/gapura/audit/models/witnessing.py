"""What others say about the log: cosignatures of witnesses, and how signer and witnesses are."""

from django.db import models


class Cosignature(models.Model):
    """A witness's signature line over a checkpoint; `at` is the time the witness states."""

    pk = models.CompositePrimaryKey("number", "witness")
    number = models.BigIntegerField()
    witness = models.CharField(max_length=200)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_cosignature"


class Party(models.Model):
    """How the signer or a witness is: a note for operators, no part of any proof."""

    name = models.CharField(max_length=200, primary_key=True)
    size = models.BigIntegerField()
    well_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    tries = models.IntegerField()
    trouble = models.CharField(max_length=10)
    why = models.CharField(max_length=300)

    class Meta:
        db_table = "audit_party"
