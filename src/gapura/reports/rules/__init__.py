"""What raises an alert, how good a rule is, when to try again: data and pure functions."""

from gapura.reports.rules.measures import (
    BACKOFF_SECONDS,
    MOST_TRIES,
    Precision,
    precision,
    wait_before,
)
from gapura.reports.rules.table import ALERT_RULES, RULES_BY_CODE
from gapura.reports.rules.watching import (
    TOLD_ROLES,
    UNITS,
    Facts,
    Measure,
    Parameter,
    Rule,
    Sift,
    Unit,
    amount_of,
)

__all__ = [
    "ALERT_RULES",
    "BACKOFF_SECONDS",
    "MOST_TRIES",
    "RULES_BY_CODE",
    "TOLD_ROLES",
    "UNITS",
    "Facts",
    "Measure",
    "Parameter",
    "Precision",
    "Rule",
    "Sift",
    "Unit",
    "amount_of",
    "precision",
    "wait_before",
]
