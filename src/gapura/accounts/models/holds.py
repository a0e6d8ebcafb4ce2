"""What stands on an account at the moment and keeps its person from writing."""

from django.db import models
from django.db.models import F, Q

from gapura.accounts.models.people import Person
from gapura.kernel.ids import uuid7


class PersonHold(models.Model):
    """One hold on one person, from `starts_at` until before `ends_at` (null: until it is lifted).

    `kind` is declared in `kernel.holds` by the room that places it; `source` names what it rests
    on, so that one cause never stands twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "source"],
                condition=Q(lifted_at__isnull=True),
                name="person_hold_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="person_hold_ends_after_it_starts",
            ),
        ]
