"""The table of messages that tell clients of a sign-in that has ended."""

from django.db import models
from django.db.models import Q

from gapura.kernel.ids import uuid7


class LogoutDelivery(models.Model):
    """One message to one client about one session (OpenID Connect Back-Channel Logout 1.0).

    Sent again with growing pauses until it is taken or given up; each try is a new token.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey("sso.Client", models.CASCADE, related_name="+")
    person = models.UUIDField()
    session = models.UUIDField()
    sid = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    why = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=80, blank=True, default="")
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sso_logout_delivery"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "session"], name="one_logout_message_of_a_session"
            ),
            models.CheckConstraint(
                condition=Q(next_at__isnull=True)
                | Q(delivered_at__isnull=True, dead_at__isnull=True),
                name="only_open_logouts_are_tried",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="logouts_due", condition=Q(next_at__isnull=False)
            ),
            models.Index(fields=["client", "-id"], name="logouts_of_client"),
        ]
