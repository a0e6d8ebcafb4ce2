"""Campaigns in which people verify their account again."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.ids

_LAW = "UU 27/2022 article 29: personal data are kept accurate, complete and consistent; "
FIRST = (
    (
        "campaign_days",
        {
            "least": 14,
            "longest": 366,
            "grace_least": 7,
            "grace_most": 90,
            "remind": [14, 7, 1],
        },
        _LAW + "the days people get, and when they are reminded, are ours",
    ),
    (
        "campaign_mail",
        {"batch": 500, "waiting_most": 2000},
        "Ours: mails of campaigns that wait at once, so that codes for signing in pass them",
    ),
    (
        "change_days",
        {"due": 14, "grace": 7},
        _LAW + "two weeks to prove a change, and one of grace, are ours",
    ),
)


def load(apps, schema_editor):
    """The first dated rules."""
    rule = apps.get_model("accounts", "AccountRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=date(2020, 1, 1))
        for key, value, basis in FIRST
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_contacts_and_duplicates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gapura.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=500)),
                ("basis", models.CharField(max_length=300)),
                ("audience", models.CharField(max_length=12)),
                ("among", models.CharField(blank=True, default="", max_length=40)),
                ("consequence", models.CharField(max_length=10)),
                ("starts_on", models.DateField()),
                ("due_on", models.DateField()),
                ("grace_days", models.PositiveSmallIntegerField()),
                ("held_from", models.DateTimeField(null=True)),
                ("state", models.CharField(max_length=10)),
                ("people", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CampaignLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("agency", models.CharField(blank=True, db_default="", default="", max_length=20)),
                ("told", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="accounts.campaign",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(
                condition=models.Q(("state__in", ("draft", "planned", "running"))),
                fields=["state"],
                name="campaign_open",
            ),
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(fields=["kind", "-made_at"], name="campaign_newest"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "planned", "running", "canceled", "ended"))
                ),
                name="campaign_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("starts_on"))),
                name="campaign_due_after_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consequence", "remind"), ("held_from__isnull", True)),
                    models.Q(("consequence", "read_only"), ("held_from__isnull", False)),
                    _connector="OR",
                ),
                name="campaign_holds_only_as_its_consequence",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["running", "ended"]), _negated=True),
                    ("started_at__isnull", False),
                    _connector="OR",
                ),
                name="running_campaign_has_started",
            ),
        ),
        migrations.AddIndex(
            model_name="campaignline",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["person"],
                name="campaign_line_open",
            ),
        ),
        migrations.AddIndex(
            model_name="campaignline",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["campaign", "told", "id"],
                name="campaign_line_to_tell",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignline",
            constraint=models.UniqueConstraint(
                fields=("campaign", "person"), name="campaign_person_once"
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
