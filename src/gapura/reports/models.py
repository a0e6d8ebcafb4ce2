"""Tables of alerts: how far each rule has read, its settings, what it found, and webhooks.

Nothing here points at the log or at people by foreign key: ids and codes, as the log has them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7
from gapura.reports.states import ALERT, OPEN


class RuleSetting(models.Model):
    """How a rule is set from `since` until `until` (null: now), for one agency or for all.

    Rows are ended and followed by another one, never edited: what held when can be told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.CharField(max_length=40)
    scope = models.CharField(max_length=20, blank=True, default="")
    active = models.BooleanField()
    parameters = models.JSONField()
    tells = ArrayField(models.CharField(max_length=30))
    reason = models.CharField(max_length=300)
    set_by = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_rule_setting"
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "scope"],
                condition=Q(until__isnull=True),
                name="one_setting_of_a_rule_now",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="setting_ends_after_it_began",
            ),
        ]


class Cursor(models.Model):
    """Up to which leaf of the log a rule has read, and how the last run went."""

    rule = models.CharField(max_length=40, primary_key=True)
    next_leaf = models.BigIntegerField(default=0)
    ran_at = models.DateTimeField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "reports_alert_cursor"


class Alert(models.Model):
    """What a rule found about one subject, from the first entry to the last one it counted.

    `key` is what makes a finding the same one when it is found again: the first entry of it, or
    the name of the fact that holds. `seen_until` is the time of the last entry that was counted:
    what lies before it never counts again. `person` is whom it is about, where it is somebody.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    rule = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=80)
    person = models.UUIDField(null=True)
    agency = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=12, default=ALERT.start)
    values = models.JSONField(default=dict)
    entries = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    seen_until = models.DateTimeField()
    raised_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = SealedText(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "key"], name="one_alert_of_a_finding"),
            models.UniqueConstraint(
                fields=["rule", "subject"],
                condition=Q(state__in=OPEN),
                name="one_open_alert_of_a_subject",
            ),
            models.CheckConstraint(condition=Q(state__in=ALERT.states), name="alert_state"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="disposed_alert_names_who",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(person__isnull=True)
                | ~Q(decided_by=models.F("person")),
                name="nobody_disposes_of_the_own_alert",
            ),
        ]
        indexes = [
            models.Index(fields=["rule", "subject", "-seen_until"], name="alerts_of_subject"),
            models.Index(fields=["agency", "state", "-id"], name="alerts_of_agency"),
            models.Index(fields=["state", "-id"], name="alerts_by_state"),
            models.Index(fields=["rule", "state"], name="alerts_of_rule"),
            models.Index(fields=["id"], name="alerts_to_mail", condition=Q(mailed_at__isnull=True)),
        ]


class Evidence(models.Model):
    """One entry of the log that an alert rests on; of many the first and the newest are kept."""

    pk = models.CompositePrimaryKey("alert", "entry")
    alert = models.ForeignKey(Alert, models.CASCADE, related_name="evidence")
    entry = models.UUIDField()


class Webhook(models.Model):
    """An address that is told of alerts. `rules` empty means all; the secret signs each message."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    url = SealedText()
    host = models.CharField(max_length=253)
    secret = SealedText()
    agency = models.CharField(max_length=20, blank=True, default="")
    rules = ArrayField(models.CharField(max_length=40), default=list)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=40)
    closed_at = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One message to one webhook: the same id and bytes at each try, until it is taken or dead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    alert = models.ForeignKey(Alert, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    body = models.TextField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True, default="")
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_at__isnull=True)
                | Q(delivered_at__isnull=True, dead_at__isnull=True),
                name="only_open_messages_are_tried",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="messages_due", condition=Q(next_at__isnull=False)
            ),
            models.Index(fields=["webhook", "-id"], name="messages_of_webhook"),
        ]


class SignInDay(models.Model):
    """Sign-ins of one legal day of one agency, by its own hour; counted from the log each hour.

    `agency` is empty for all agencies of the zone together. `refused` is the day's sum of
    sign-ins that were refused.
    """

    pk = models.CompositePrimaryKey("agency", "zone", "day")
    agency = models.CharField(max_length=20)
    zone = models.CharField(max_length=20)
    day = models.DateField()
    hours = ArrayField(models.PositiveIntegerField(), size=24)
    refused = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "reports_sign_in_day"


class KeptFigures(models.Model):
    """Pictures of the whole platform, counted by a job: nobody waits for them. `page` and `days`
    say which; `pictures` is what `rules.pictures.kept` made of them.
    """

    pk = models.CompositePrimaryKey("page", "days")
    page = models.CharField(max_length=20)
    days = models.PositiveSmallIntegerField()
    pictures = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "reports_kept_figures"


class MonthlyReport(models.Model):
    """The figures of one month of an agency (empty: of the platform), as they were counted once.

    `month` is its first day. `checkpoint`, `root` and `size` are those of the log at that moment;
    0 and empty where nothing was sealed yet. `sent_at` is when its subscribers were told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.CharField(max_length=20, blank=True, default="")
    month = models.DateField()
    pictures = models.JSONField()
    checkpoint = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_monthly"
        constraints = [
            models.UniqueConstraint(fields=["agency", "month"], name="one_report_a_month"),
        ]


class Subscription(models.Model):
    """That a person gets the monthly report of an agency (empty: of the platform) by e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField()
    agency = models.CharField(max_length=20, blank=True, default="")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency"], name="one_subscription_of_a_report"
            ),
        ]
