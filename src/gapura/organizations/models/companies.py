"""Suppliers' companies: what the authorities say of them, since when, and their papers."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from gapura.kernel.encryption import SealedText
from gapura.kernel.ids import uuid7
from gapura.organizations.kinds import FORMS, OUTCOMES, PAPERS, SCALES, STANDINGS


class DayRange(Func):
    """`since` to `until`, both included; open when `until` is null."""

    function = "daterange"
    output_field = DateRangeField()


class Company(models.Model):
    """A supplier's company, by the code that grants name.

    `nib` is empty for companies that were entered before business numbers were checked.
    `checked_at` is when the blacklist was last asked about it, `oss_checked_at` and
    `tax_checked_at` when those two last answered; `asked_again_at` when its administrator last had
    all of them asked at once.
    """

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=200)
    nib = models.CharField(max_length=13, blank=True, default="")
    npwp = SealedText(null=True)
    npwp_lookup = models.BinaryField(max_length=32, null=True)
    form = models.CharField(max_length=12, blank=True, default="")
    scale = models.CharField(max_length=8, blank=True, default="")
    taxable = models.BooleanField(default=False)
    address = models.CharField(max_length=300, blank=True, default="")
    region = models.ForeignKey(
        "organizations.Region", models.PROTECT, null=True, related_name="companies"
    )
    registered_by = models.UUIDField(null=True)
    registered_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    oss_checked_at = models.DateTimeField(null=True)
    tax_checked_at = models.DateTimeField(null=True)
    asked_again_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nib__regex=r"^([0-9]{13})?$"), name="company_nib"),
            models.UniqueConstraint(fields=["nib"], condition=~Q(nib=""), name="one_company_a_nib"),
            models.CheckConstraint(condition=Q(form__in=["", *FORMS]), name="company_form"),
            models.CheckConstraint(condition=Q(scale__in=["", *SCALES]), name="company_scale"),
            models.CheckConstraint(
                condition=Q(npwp__isnull=True, npwp_lookup__isnull=True)
                | Q(npwp__isnull=False, npwp_lookup__isnull=False),
                name="company_npwp_has_lookup",
            ),
        ]
        indexes = [
            models.Index(fields=["npwp_lookup"], name="company_npwp"),
            models.Index(fields=["checked_at", "code"], name="company_to_check"),
            models.Index(fields=["oss_checked_at", "code"], name="company_to_compare_oss"),
            models.Index(fields=["tax_checked_at", "code"], name="company_to_compare_tax"),
        ]


class CompanyKbli(models.Model):
    """One line of business (KBLI 2020, five digits) the company is licensed for."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="kblis")
    kbli = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "kbli"], name="one_kbli_a_company"),
        ]


class CompanyStanding(models.Model):
    """What an authority says of a company from `since` to `until` (its last day; null: open).

    `source` is the authority that was asked, empty where a person entered it: `recorded_by`.

    Never edited: what turns out wrong or is lifted is superseded. On a day without any row a
    company is active; where several rows meet, the gravest counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey(Company, models.PROTECT, related_name="standings")
    state = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True)
    basis = models.CharField(max_length=300)
    source = models.CharField(max_length=20, blank=True, default="", db_default="")
    result_hash = models.CharField(max_length=64, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STANDINGS)), name="standing_state"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="standing_ends_after_it_began",
            ),
            ExclusionConstraint(
                name="one_standing_of_a_kind_a_day",
                expressions=[
                    (F("company"), RangeOperators.EQUAL),
                    (F("state"), RangeOperators.EQUAL),
                    (DayRange(F("since"), F("until"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
        ]


class CompanyDocument(models.Model):
    """One paper of a company; a newer one of the same kind replaces it and both stay.

    `valid_until` is the last day on which it counts, null when it names none; `number` is the
    paper's own, as it stands on it. `reminded_at` is when the company was last told of its end.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey(Company, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.UUIDField(null=True)
    number = models.CharField(max_length=100, blank=True, default="", db_default="")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(PAPERS)), name="paper_kind"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="paper_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["company", "kind"],
                condition=Q(replaced_at__isnull=True),
                name="one_present_paper_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"],
                name="paper_that_ends",
                condition=Q(replaced_at__isnull=True, valid_until__isnull=False),
            ),
        ]


class CompanyApplication(models.Model):
    """What a person's last question about a business number brought; one a person.

    `facts` is sealed JSON: it holds the tax number. `papers` maps a kind to a document's id.
    """

    person = models.UUIDField(primary_key=True)
    nib = models.CharField(max_length=13)
    outcome = models.CharField(max_length=20)
    facts = SealedText()
    papers = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True, default="")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=list(OUTCOMES)), name="application_outcome"
            ),
        ]
