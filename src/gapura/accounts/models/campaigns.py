"""Campaigns in which people verify their account again, and who has to."""

from django.db import models
from django.db.models import F, Q

from gapura.accounts.models.people import Person
from gapura.accounts.states_of_campaigns import CAMPAIGN_STATES, OPEN_CAMPAIGN
from gapura.kernel.ids import uuid7


class Campaign(models.Model):
    """Whom it concerns, why, and its days. `kind` is `policy`, or `change` for one person's data.

    `due_on` is the last day to do it in good time, `grace_days` are given after it, and from
    `held_from` (the end of the last of them in Jakarta, where days end last) whoever has not done
    it can only read; it is null where nothing follows. `started_at` is the moment the list of
    people was drawn up: a verification after it counts. `people` says how many they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    basis = models.CharField(max_length=300)
    audience = models.CharField(max_length=12)
    among = models.CharField(max_length=40, blank=True, default="")
    consequence = models.CharField(max_length=10)
    starts_on = models.DateField()
    due_on = models.DateField()
    grace_days = models.PositiveSmallIntegerField()
    held_from = models.DateTimeField(null=True)
    state = models.CharField(max_length=10)
    people = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CAMPAIGN_STATES), name="campaign_state"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="campaign_due_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(consequence="remind", held_from__isnull=True)
                | Q(consequence="read_only", held_from__isnull=False),
                name="campaign_holds_only_as_its_consequence",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "ended"]) | Q(started_at__isnull=False),
                name="running_campaign_has_started",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state"], condition=Q(state__in=OPEN_CAMPAIGN), name="campaign_open"
            ),
            models.Index(fields=["kind", "-made_at"], name="campaign_newest"),
        ]


class CampaignLine(models.Model):
    """One person of a campaign. Numbered by the database: 300,000 are made by one statement.

    `agency` is the home agency when the campaign began; `told` is the last stage of the campaign
    (`rules.campaigns`) that the person was told of.
    """

    id = models.BigAutoField(primary_key=True)
    # Without checks by the database: each would lock and rewrite the person's row, which makes the
    # start of a large campaign several times as long. Lines are only made from rows that are there.
    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="lines", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    agency = models.CharField(max_length=20, blank=True, default="", db_default="")
    told = models.PositiveSmallIntegerField(default=0, db_default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="campaign_person_once"),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(done_at__isnull=True), name="campaign_line_open"
            ),
            models.Index(
                fields=["campaign", "told", "id"],
                condition=Q(done_at__isnull=True),
                name="campaign_line_to_tell",
            ),
        ]
