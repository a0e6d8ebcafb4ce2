"""What the log must tell of the rules of keeping: they decide what may leave and what is erased."""

from gapura.audit import events
from gapura.audit.claims import Claim, Telling

# Those of the beginning stand in no entry; they must be as they came.
RULES = Claim(
    "audit.rule",
    rows="""
        SELECT id::text, key, value::text, valid_from::text FROM audit_rule
         WHERE NOT (scope = '' AND valid_from = DATE '2020-01-01' AND (key, value::text) IN (
                    ('entries_in_database_months', '60'), ('personal_parts_months', '120')))
         ORDER BY id
    """,
    columns=("key", "months", "since"),
    tellings=(
        Telling(
            events.RULE_SET.name,
            "facts.rule_id",
            sets={"key": "subject_id", "months": "facts.months", "since": "facts.since"},
            born=True,
        ),
    ),
)
