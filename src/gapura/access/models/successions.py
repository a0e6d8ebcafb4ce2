"""How a company's new head takes its administration over from those who administer it now."""

from django.db import models
from django.db.models import F, Q

from gapura.access.models.grants import Grant
from gapura.access.states import OPEN_SUCCESSION, SUCCESSION
from gapura.kernel.ids import uuid7

# What becomes of the administrators so far.
STAY, LEAVE = "stay", "leave"


class Succession(models.Model):
    """One person whom the registry names as the company's responsible takes over, by a new deed.

    Until `cools_until` everybody of the company can object; an objection is decided by the
    helpdesk. After `lapses_at` it has to be begun anew. `reference` and `result_hash` are those of
    the registry's answer. `former` says whether the administrators so far stay as staff.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="+")
    successor = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=SUCCESSION.start)
    deed_number = models.CharField(max_length=60)
    deed_date = models.DateField()
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    former = models.CharField(max_length=8, default=STAY)
    reference = models.CharField(max_length=100)
    result_hash = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    cools_until = models.DateTimeField()
    lapses_at = models.DateTimeField()
    ready_told_at = models.DateTimeField(null=True)
    objected_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    objected_at = models.DateTimeField(null=True)
    objection = models.CharField(max_length=500, blank=True, default="")
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    grant = models.OneToOneField(Grant, models.PROTECT, null=True, related_name="succession")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SUCCESSION.states), name="succession_state"
            ),
            models.CheckConstraint(condition=Q(former__in=[STAY, LEAVE]), name="succession_former"),
            models.UniqueConstraint(
                fields=["company"],
                name="one_open_succession",
                condition=Q(state__in=OPEN_SUCCESSION),
            ),
            # Nobody objects to or decides on what they do themselves, whatever the code says.
            models.CheckConstraint(
                condition=(Q(objected_by__isnull=True) | ~Q(objected_by=F("successor")))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=F("successor")))
                & (
                    Q(decided_by__isnull=True)
                    | Q(objected_by__isnull=True)
                    | ~Q(decided_by=F("objected_by"))
                ),
                name="succession_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="taken_over", grant__isnull=False)
                | ~Q(state="taken_over") & Q(grant__isnull=True),
                name="taken_over_gave_a_grant",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "started_at"], name="succession_queue"),
            models.Index(fields=["company", "-started_at"], name="succession_company"),
        ]
