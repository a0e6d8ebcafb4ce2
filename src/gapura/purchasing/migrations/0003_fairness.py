"""Reasons for orders that look split, one paper for one payment, and the rules of a fair share."""

from datetime import date

from django.db import migrations, models
from django.db.models import Q

_SPLITTING = "Presidential Regulation 16/2018 (as changed by 46/2025) article 20 paragraph 2 letter d: a purchase is not divided to avoid the method its value asks for; the period is a setting of this platform"
_SHARE = "Presidential Regulation 16/2018 article 6: procurement is open and fair to all; the number is a setting of this platform"
_SINCE = date(2020, 1, 1)

# key, value, basis
MORE = (
    ("splitting_days", 30, _SPLITTING),
    ("held_orders_most", 5, _SHARE),
    ("lapsed_orders_most", 3, _SHARE),
    ("lapsed_orders_days", 30, _SHARE),
)


def rows(rule):
    """The rules as instances of the model `rule`."""
    return [
        rule(key=key, value=value, basis=basis, valid_from=_SINCE) for key, value, basis in MORE
    ]


def load(apps, schema_editor):
    rule = apps.get_model("purchasing", "PurchasingRule")
    rule.objects.bulk_create(rows(rule))


def name_evidence(apps, schema_editor):
    """Each paper proves the first of the payments it was handed in for; the others stay unnamed."""
    payment = apps.get_model("purchasing", "Payment")
    taken = set()
    for row in payment.objects.select_related("evidence").order_by("at", "pk").iterator():
        if row.evidence.content_id not in taken:
            taken.add(row.evidence.content_id)
            payment.objects.filter(pk=row.pk).update(evidence_sha256=row.evidence.content_id)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("purchasing", "0002_first_rules"),
    ]
    operations = [
        migrations.AddField(
            model_name="order",
            name="split_reason",
            field=models.CharField(blank=True, default="", max_length=1000),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=Q(("buyer_role", "pp")),
                fields=["unit", "submitted_at"],
                name="order_officer",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="evidence_sha256",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(name_evidence, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=Q(("evidence_sha256", ""), _negated=True),
                fields=("evidence_sha256",),
                name="one_payment_an_evidence",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
