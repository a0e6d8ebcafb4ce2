"""Contacts that can be taken back, the profile confirmed now and then, and doubles."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.encryption
import gapura.kernel.ids

FIRST = (
    (
        "contact_undo_hours",
        72,
        (
            "Ours: the contact before may take a change back within 3x24 hours (elapsed), as the law "
            "counts everywhere else (UU 27/2022 articles 30, 32, 46)"
        ),
    ),
    (
        "duplicate_objection_hours",
        72,
        (
            "Ours: both are told and have 3x24 hours (elapsed) to object before an account is closed; "
            "accounts were once shut off without a word (LPSE notice of 27 August 2024)"
        ),
    ),
    (
        "duplicate_scores",
        {
            "same_nik": 100,
            "same_nip": 80,
            "same_name_birth": 60,
            "same_phone": 30,
            "similar_name": 25,
            "least": 50,
            "group_most": 8,
        },
        (
            "Ours: from `least` on a pair is shown; what more than `group_most` accounts share (the "
            "telephone of an office) tells nothing"
        ),
    ),
    (
        "profile_confirmation",
        {"months": 6, "later_most": 3, "later_days": 7, "remind_days": 30},
        (
            "UU 27/2022 article 29: whoever controls personal data keeps it accurate, complete and "
            "consistent; twice a year is ours"
        ),
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
        ("accounts", "0004_holds"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="likeness_lookup",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="phone_lookup",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="profile_later_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="profile_laters",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="person",
            name="profile_reminded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="ContactChange",
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
                ("old", gapura.kernel.encryption.SealedText()),
                ("new", gapura.kernel.encryption.SealedText()),
                ("changed_at", models.DateTimeField()),
                ("undo_until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end", models.CharField(blank=True, default="", max_length=12)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["person", "changed_at"],
                        name="open_contact_changes",
                    ),
                    models.Index(fields=["undo_until"], name="contact_changes_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("email", "phone"))), name="contact_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("undo_until__gt", models.F("changed_at"))),
                        name="contact_undo_after_change",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at__isnull", True)),
                            models.Q(
                                ("end__in", ("undone", "overtaken", "returned", "settled")),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ended_contact_change_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duplicate",
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
                ("state", models.CharField(default="found", max_length=12)),
                ("score", models.PositiveSmallIntegerField()),
                ("evidence", models.JSONField(default=list)),
                ("found_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("first_says", models.CharField(blank=True, default="", max_length=10)),
                ("second_says", models.CharField(blank=True, default="", max_length=10)),
                ("verdict_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("object_until", models.DateTimeField(null=True)),
                ("objected_at", models.DateTimeField(null=True)),
                ("objection", models.CharField(blank=True, default="", max_length=1000)),
                ("upheld_at", models.DateTimeField(null=True)),
                ("upheld_reason", models.CharField(blank=True, default="", max_length=500)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "closing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "objected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "upheld_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "verdict_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state__in", ("found", "asked", "announced", "objected", "upheld"))
                        ),
                        fields=["-score", "found_at"],
                        name="open_duplicates",
                    ),
                    models.Index(fields=["second"], name="duplicates_by_second"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="one_row_per_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="pair_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "found",
                                    "asked",
                                    "announced",
                                    "objected",
                                    "upheld",
                                    "different",
                                    "closed",
                                    "gone",
                                ),
                            )
                        ),
                        name="duplicate_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_says__in", ("", "mine", "not_mine")),
                            ("second_says__in", ("", "mine", "not_mine")),
                        ),
                        name="duplicate_answers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closing__isnull", True),
                            ("closing", models.F("first")),
                            ("closing", models.F("second")),
                            _connector="OR",
                        ),
                        name="closing_is_one_of_the_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("announced", "objected", "upheld")), _negated=True
                            ),
                            models.Q(
                                ("object_until__isnull", False), ("verdict_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="announced_duplicate_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("upheld_by__isnull", True),
                            models.Q(("upheld_by", models.F("verdict_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_is_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
