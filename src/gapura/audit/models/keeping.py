"""How long entries and their personal parts are kept, as dated rows."""

from django.db import models

from gapura.kernel.dated import DatedRule


class AuditRule(DatedRule):
    """A dated rule of the log: months that entries and their personal parts are kept."""

    class Meta:
        db_table = "audit_rule"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "scope", "valid_from"], name="audit_rule_one_a_day"
            )
        ]
