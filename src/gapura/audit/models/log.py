"""The log itself: entries with their personal parts, the tree over them and its checkpoints."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.functions import Now

from gapura.kernel.ids import uuid7

if TYPE_CHECKING:
    _Field = models.Field[str, str]
    _TextField = models.TextField[Any, Any]
else:
    _Field, _TextField = models.Field, models.TextField


class Xid8Field(_Field):
    """PostgreSQL's 64-bit transaction number, as text in Python."""

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return "xid8"


class VerbatimJson(_TextField):
    """JSON kept as the canonical text that was written, so that its hash needs no parsing."""

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return "json"


class TransactionNumber(models.Func):
    """The number of the writing transaction."""

    function = "pg_current_xact_id"
    template = "%(function)s()"
    output_field = Xid8Field()


class LogEvent(models.Model):
    """One entry, insert only. `commitments` stand for its personal values (see audit_personal).

    `occurred_at` is the time of the act, `recorded_at` the database's own time of writing. The
    table is partitioned by the month (UTC) that the id begins with; an index over its words
    (`audit_words`) is made by the migration alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    xid = Xid8Field(db_default=TransactionNumber())
    recorded_at = models.DateTimeField(db_default=Now())
    occurred_at = models.DateTimeField()
    name = models.CharField(max_length=80)
    readers = models.CharField(max_length=10)
    result = models.CharField(max_length=10)
    actor_person = models.UUIDField(null=True)
    actor_username = models.CharField(max_length=40)
    actor_role = models.CharField(max_length=40)
    grant_id = models.UUIDField(null=True)
    agency = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    session = models.UUIDField(null=True)
    request_id = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=200)
    person = models.UUIDField(null=True)
    on_behalf_of = models.CharField(max_length=80)
    facts = VerbatimJson()
    before = VerbatimJson(null=True)
    after = VerbatimJson(null=True)
    commitments = VerbatimJson()

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["xid", "id"], name="audit_event_order"),
            models.Index(fields=["person", "id"], name="audit_event_person"),
            models.Index(fields=["actor_person", "id"], name="audit_event_actor"),
            models.Index(fields=["actor_username", "id"], name="audit_event_username"),
            models.Index(fields=["agency", "id"], name="audit_event_agency"),
            models.Index(fields=["name", "id"], name="audit_event_name"),
            models.Index(
                fields=["result", "id"],
                condition=~models.Q(result="done"),
                name="audit_event_not_done",
            ),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_event_object"),
            models.Index(fields=["subject_label", "id"], name="audit_event_label"),
            models.Index(fields=["actor_role", "id"], name="audit_event_role"),
            models.Index(
                fields=["session", "id"],
                condition=models.Q(session__isnull=False),
                name="audit_event_session",
            ),
            models.Index(
                fields=["request_id", "id"],
                condition=~models.Q(request_id=""),
                name="audit_event_request",
            ),
        ]


class PersonalPart(models.Model):
    """Salts and clear values of one entry that belong to the actor or to the one it concerns.

    Erasing sets `sealed` to null and names the event that records the erasure. `address` finds
    entries by the actor's IP address without telling it (a keyed hash); it goes with `sealed`.
    Partitioned as the entries are.
    """

    pk = models.CompositePrimaryKey("event_id", "part")
    event_id = models.UUIDField()
    part = models.CharField(max_length=10)
    person = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)
    address = models.BinaryField(null=True)
    erased_by = models.UUIDField(null=True)

    class Meta:
        db_table = "audit_personal"
        indexes = [
            models.Index(fields=["person"], name="audit_personal_person"),
            models.Index(
                fields=["address", "event_id"],
                condition=models.Q(address__isnull=False),
                name="audit_personal_address",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sealed__isnull=True) ^ models.Q(erased_by__isnull=True),
                name="audit_personal_sealed_or_erased",
            ),
        ]


class Leaf(models.Model):
    """The place of an entry in the tree, from 0 without gaps, and its hash."""

    index = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_leaf"


class InnerNode(models.Model):
    """The hash of a complete subtree of 2**level leaves, level 1 and up."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_node"


class Checkpoint(models.Model):
    """A signed statement of size and root, numbered from 1 without gaps."""

    number = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_checkpoint"
        indexes = [models.Index(fields=["root"], name="audit_checkpoint_root")]
