"""A lock of the desk is lifted by two: one asks, another agrees."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_identity_cases"),
        ("authentication", "0006_recovery_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountlock",
            name="lift_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="accountlock",
            name="lift_asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountlock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_by__isnull", True),
                    ("lift_asked_by__isnull", True),
                    models.Q(("lifted_by", models.F("lift_asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="lift_needs_four_eyes",
            ),
        ),
    ]
