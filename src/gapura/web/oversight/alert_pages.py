"""The addresses of alerts, of their rules and of webhooks."""

from gapura.reports import permissions as reports
from gapura.web.oversight import alert_rules, alerts, hooks
from gapura.web.shell.pages import Page

_POST = ("POST",)
_ALERT = "oversight/alerts/<uuid:alert_id>"
_RULE = "oversight/rules/<str:alert_rule>"
_HOOK = "oversight/webhooks"
Can = reports.Can

ALERT_PAGES: tuple[Page, ...] = (
    Page("oversight/alerts", alerts.show, Can.LIST_ALERTS, name="alerts"),
    Page(_ALERT, alerts.show_one, Can.SEE_ALERT, on_object=True, name="alert"),
    Page(f"{_ALERT}/take", alerts.take, Can.TAKE_ALERT, _POST, True, name="take-alert"),
    Page(f"{_ALERT}/dispose", alerts.dispose, Can.EXPLAIN_ALERT, _POST, True, name="dispose-alert"),
    Page(f"{_ALERT}/reopen", alerts.reopen, Can.REOPEN_ALERT, _POST, True, name="reopen-alert"),
    Page("oversight/rules", alert_rules.show, Can.SEE_RULES, name="alert-rules"),
    Page(_RULE, alert_rules.show_one, Can.SEE_RULES, name="alert-rule"),
    Page(f"{_RULE}/change", alert_rules.change, Can.CHANGE_RULE, _POST, name="change-alert-rule"),
    Page(_HOOK, hooks.show, Can.SEE_WEBHOOKS, name="webhooks"),
    Page(f"{_HOOK}/register", hooks.register, Can.REGISTER_WEBHOOK, _POST, name="register-webhook"),
    Page(f"{_HOOK}/<uuid:webhook_id>", hooks.show_one, Can.SEE_WEBHOOKS, name="webhook"),
    Page(
        f"{_HOOK}/<uuid:webhook_id>/close",
        hooks.close,
        Can.CLOSE_WEBHOOK,
        _POST,
        name="close-webhook",
    ),
    Page(
        f"{_HOOK}/messages/<uuid:delivery_id>/replay",
        hooks.replay,
        Can.REPLAY_DELIVERY,
        _POST,
        name="replay-message",
    ),
)
