"""Reads of this room: alerts, the rules and how good they are, webhooks."""

from gapura.reports.queries.alerts import (
    TABS,
    AlertPage,
    AlertRow,
    AlertView,
    alert_for,
    alerts_for,
    open_alerts,
)
from gapura.reports.queries.scores import RuleHealth, RuleView, rule_for, rule_health, rules_for
from gapura.reports.queries.settings import Setting
from gapura.reports.queries.webhooks import (
    DeliveryRow,
    WebhookRow,
    WebhookView,
    webhook_for,
    webhooks_for,
)
from gapura.reports.rules import RULES_BY_CODE, TOLD_ROLES, UNITS, Precision, Rule

__all__ = [
    "RULES_BY_CODE",
    "TABS",
    "TOLD_ROLES",
    "UNITS",
    "AlertPage",
    "AlertRow",
    "AlertView",
    "DeliveryRow",
    "Precision",
    "Rule",
    "RuleHealth",
    "RuleView",
    "Setting",
    "WebhookRow",
    "WebhookView",
    "alert_for",
    "alerts_for",
    "open_alerts",
    "rule_for",
    "rule_health",
    "rules_for",
    "webhook_for",
    "webhooks_for",
]
