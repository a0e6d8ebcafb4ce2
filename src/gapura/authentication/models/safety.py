"""An account in danger: locked, suspected, brought back. And the dated rules of signing in."""

from django.db import models
from django.db.models import F, Q

from gapura.authentication.rules import (
    LOCKS,
    RECOVERY_KINDS,
    RECOVERY_OPEN,
    RECOVERY_STATES,
    SUSPICION_ACTIONS,
    SUSPICION_KINDS,
    SUSPICION_OPEN,
    SUSPICION_STATES,
)
from gapura.kernel.dated import DatedRule
from gapura.kernel.ids import uuid7


class SignInRule(DatedRule):
    """`password`, `session`: each an object of values, in the scope of a population."""


class AccountLock(models.Model):
    """Nobody signs in to this account until it is lifted; `why` is a code of `rules.LOCKS`.

    A lock of the desk is lifted when one administrator asks (`lift_asked_by`) and another agrees.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    why = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True, default="")
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    lift_reason = models.CharField(max_length=300, blank=True, default="")
    lift_asked_by = models.ForeignKey(
        "accounts.Person", models.SET_NULL, null=True, related_name="+"
    )
    lift_asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(lifted_at__isnull=True), name="one_lock_per_person"
            ),
            models.CheckConstraint(condition=Q(why__in=LOCKS), name="lock_why"),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True)
                | Q(lift_asked_by__isnull=True)
                | ~Q(lifted_by=F("lift_asked_by")),
                name="lift_needs_four_eyes",
            ),
        ]


class Recovery(models.Model):
    """One way back for somebody who lost every factor: vouched for by two people, then a wait.

    Kind `mailbox` is a forgotten password with nothing but the mailbox: nobody vouches, it waits.

    `slip_hash` is a keyed hash of the code that the voucher hands over in person or by a proven
    telephone; with the code by e-mail it opens the way after `ready_at`, once. `stop_hash` is the
    SHA-256 of the link in the notices with which the owner stops it. `agency` is who vouches.
    `new_email` takes the place of a lost mailbox when it is used; both who vouch have seen it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default="asked")
    agency = models.CharField(max_length=20, blank=True, default="")
    story = models.CharField(max_length=600, blank=True, default="")
    asked_at = models.DateTimeField()
    vouched_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    vouched_at = models.DateTimeField(null=True)
    evidence = models.JSONField(default=dict)
    seconded_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    slip_hash = models.BinaryField(max_length=32, null=True)
    slip_tries = models.PositiveSmallIntegerField(default=0)
    stop_hash = models.CharField(max_length=64, blank=True, default="")
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True, default="")
    new_email = models.CharField(max_length=254, blank=True, default="")
    ready_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Whoever holds the mailbox alone must not keep the owner from being vouched for.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=RECOVERY_OPEN, kind__in=RECOVERY_KINDS[:2]),
                name="one_open_recovery_per_person",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=RECOVERY_OPEN, kind="mailbox"),
                name="one_open_mailbox_wait_per_person",
            ),
            models.CheckConstraint(condition=Q(kind__in=RECOVERY_KINDS), name="recovery_kind"),
            models.CheckConstraint(condition=Q(state__in=RECOVERY_STATES), name="recovery_state"),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=F("vouched_by")),
                name="recovery_needs_two",
            ),
            models.CheckConstraint(
                condition=(Q(vouched_by__isnull=True) | ~Q(vouched_by=F("person")))
                & (Q(seconded_by__isnull=True) | ~Q(seconded_by=F("person"))),
                name="nobody_recovers_alone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "asked_at"],
                condition=Q(state__in=RECOVERY_OPEN),
                name="open_recoveries",
            )
        ]


class Hold(models.Model):
    """Failures against one key, one after the other, and until when the next try has to wait.

    `key` is a keyed hash of what is guessed at or who guesses; see `guessing.py`.
    """

    key = models.BinaryField(max_length=32, primary_key=True)
    failures = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="holds_by_last_failure")]


class Suspicion(models.Model):
    """Signs that an account was taken over, for the security desk; `evidence` names log entries.

    An `action` is proposed by one administrator with a reason and carried out when another agrees.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default="open")
    evidence = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    action = models.CharField(max_length=20, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    proposed_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=SUSPICION_OPEN),
                name="one_open_suspicion_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(kind__in=SUSPICION_KINDS), name="suspicion_kind"),
            models.CheckConstraint(condition=Q(state__in=SUSPICION_STATES), name="suspicion_state"),
            models.CheckConstraint(
                condition=Q(action__in=("", *SUSPICION_ACTIONS)), name="suspicion_action"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="suspicion_needs_four_eyes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-seen_at"], condition=Q(state__in=SUSPICION_OPEN), name="open_suspicions"
            )
        ]
