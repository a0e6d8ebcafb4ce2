"""How people come to a company: invited by its administrators, or asking to be admitted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from gapura.access.duties import DUTIES
from gapura.access.models.grants import Grant
from gapura.access.roles import COMPANY_STAFF, Scope, codes_of
from gapura.access.states import INVITATION, JOIN
from gapura.kernel.ids import uuid7


class Invitation(models.Model):
    """One link, mailed to one address, that works once and until `expires_at`.

    Of the token in the link only the SHA-256 is kept. The invitation rests on its inviter: it
    works only while that person administers the company. `duties` is what staff will be able to
    do there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="+")
    email = models.CharField(max_length=254)
    role = models.CharField(max_length=30)
    duties = ArrayField(models.CharField(max_length=12), default=list, db_default=[])
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, default=INVITATION.start)
    invited_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    grant = models.OneToOneField(Grant, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=INVITATION.states), name="invitation_state"
            ),
            models.CheckConstraint(
                condition=Q(role__in=codes_of(Scope.COMPANY)), name="invitation_role"
            ),
            models.CheckConstraint(
                condition=Q(duties=[]) | Q(role=COMPANY_STAFF, duties__contained_by=list(DUTIES)),
                name="invitation_duties_are_of_staff",
            ),
            models.UniqueConstraint(
                "company",
                Lower("email"),
                name="one_open_invitation",
                condition=Q(state=INVITATION.start),
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_by__isnull=False, grant__isnull=False)
                | ~Q(state="accepted") & Q(accepted_by__isnull=True, grant__isnull=True),
                name="accepted_invitation_gave_a_grant",
            ),
        ]
        indexes = [models.Index(fields=["company", "-invited_at"], name="invitation_company")]


class JoinRequest(models.Model):
    """One person asks a company to admit them; its administrators decide."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organizations.Company", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    position = models.CharField(max_length=150)
    state = models.CharField(max_length=20, default=JOIN.start)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    grant = models.OneToOneField(Grant, models.PROTECT, null=True, related_name="join")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JOIN.states), name="join_state"),
            models.UniqueConstraint(
                fields=["company", "person"],
                name="one_open_join",
                condition=Q(state=JOIN.start),
            ),
            # Nobody admits themselves, whatever the code above says.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="join_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="admitted", grant__isnull=False)
                | ~Q(state="admitted") & Q(grant__isnull=True),
                name="admitted_join_gave_a_grant",
            ),
        ]
        indexes = [models.Index(fields=["company", "-asked_at"], name="join_company")]
