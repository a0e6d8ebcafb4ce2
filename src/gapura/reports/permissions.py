"""What can be asked of alerts, of their rules, and of the webhooks that carry them away."""

from enum import StrEnum


class Can(StrEnum):
    """The permissions of this room."""

    LIST_ALERTS = "reports.alert.list"
    SEE_ALERT = "reports.alert.see"
    RAISE_ALERT = "reports.alert.raise"
    TAKE_ALERT = "reports.alert.take"
    EXPLAIN_ALERT = "reports.alert.explain"
    FOLLOW_UP_ALERT = "reports.alert.follow_up"
    UPHOLD_ALERT = "reports.alert.uphold"
    REOPEN_ALERT = "reports.alert.reopen"
    SEE_RULES = "reports.rule.see"
    CHANGE_RULE = "reports.rule.change"
    SEE_WEBHOOKS = "reports.webhook.see"
    REGISTER_WEBHOOK = "reports.webhook.register"
    CLOSE_WEBHOOK = "reports.webhook.close"
    REPLAY_DELIVERY = "reports.webhook.replay"
    DELIVER = "reports.webhook.deliver"
    SEE_FIGURES = "reports.figures.see"
    GET_REPORT = "reports.monthly.get"
    SUBSCRIBE = "reports.monthly.subscribe"
    UNSUBSCRIBE = "reports.monthly.unsubscribe"
    COUNT = "reports.figures.count"
